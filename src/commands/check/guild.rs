//! The guild's part of the checklist.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::List;
use crate::commands::Environment;
use crate::commands::installed::Installed;
use crate::commands::setup::refused;
use crate::config::Config;
use crate::discord::courier::{Courier, Secret};
use crate::discord::guild::{CHANNELS_MAX, CHANNELS_PER_CATEGORY_MAX, Guild, NoGuild, Own, Seen};
use crate::discord::permissions::{ADMINISTRATOR, OF_THE_BOT, SEND_MESSAGES, VIEW_CHANNEL, lacking, needed};
use crate::discord::registration;
use crate::domain::facts::Rules;

/// Looks at the guild and says what is missing, and where.
pub async fn check(
    list: &mut List,
    environment: &Environment,
    token: String,
    config: &Config,
    installed: Option<&Installed>,
) {
    let courier = match Courier::new(environment.base(), Secret::new(token)) {
        Ok(courier) => Arc::new(courier),
        Err(error) => return list.wrong(format!("{error}; check DISCORD_API_BASE and DISCORD_TOKEN")),
    };
    let own = match Own::ask(&courier).await {
        Ok(own) => own,
        Err(error) => return list.wrong(refused(&error, None).to_string()),
    };
    list.fine("the platform accepts the bot's token");
    let Some(installed) = installed else {
        return list.unchecked(format!("the guild: none is set up; the bot is invited on {}", own.invitation()));
    };
    let guild = Guild::new(courier, installed.guild, own);
    match look(list, &guild, config, installed).await {
        Ok(()) => {}
        Err(error) => list.wrong(refused(&error, Some(&own)).to_string()),
    }
}

async fn look(list: &mut List, guild: &Guild, config: &Config, installed: &Installed) -> Result<(), NoGuild> {
    let seen = guild.look().await?;
    rights(list, &seen);
    places(list, &seen, installed).await;
    administrators(list, &seen);
    commands(list, &guild.commands().await?, config);
    list.unchecked("who holds those roles, and whether people take direct messages: the bot may not ask");
    list.unchecked("whether the bot owner's account has two-factor login, which some guilds demand for its rights");
    Ok(())
}

fn rights(list: &mut List, seen: &Seen) {
    let missing = lacking(seen.held(), needed());
    if missing.is_empty() {
        list.fine("the bot holds the rights it needs in the guild");
    } else {
        list.wrong(format!("the bot lacks rights in the guild: {}; give them to its role", missing.join(", ")));
    }
    if seen.held() & ADMINISTRATOR != 0 {
        list.note("the bot's role is an administrator's; it needs only the rights it was invited with");
    }
}

async fn places(list: &mut List, seen: &Seen, installed: &Installed) {
    let agencies = installed.store.agencies().await.unwrap_or_default();
    let duty = agencies.iter().map(|agency| {
        (format!("the duty channel of {}", agency.name), agency.duty_channel.clone(), VIEW_CHANNEL | SEND_MESSAGES)
    });
    let installation = &installed.installation;
    let admin =
        ("the administrators' channel".to_owned(), installation.admin_channel.clone(), VIEW_CHANNEL | SEND_MESSAGES);
    let category = ("the category of cases".to_owned(), installation.category.clone(), OF_THE_BOT);
    for (what, id, wanted) in duty.chain([admin, category]) {
        let Some(channel) = id.as_deref().and_then(|id| seen.channel(id)) else {
            list.wrong(format!("{what} is gone, or hidden from the bot; run \"convenor setup\" again"));
            continue;
        };
        let missing = lacking(seen.held_in(channel), wanted);
        if missing.is_empty() {
            list.fine(format!("{what} is there: {}", channel.name));
        } else {
            list.wrong(format!(
                "in {what} ({}) the bot lacks: {}; give them to it there",
                channel.name,
                missing.join(", ")
            ));
        }
    }
    room_left(list, "the guild", seen.channels(), CHANNELS_MAX);
    if let Some(category) = &installation.category {
        room_left(list, "the category of cases", seen.channels_in(category), CHANNELS_PER_CATEGORY_MAX);
    }
}

/// A tenth before the limit is the time to say so.
fn room_left(list: &mut List, what: &str, count: usize, most: usize) {
    let line = format!("{what} has {count} of {most} channels");
    if count * 10 >= most * 9 {
        list.wrong(format!("{line}; delete those of cases that are filed"));
    } else {
        list.fine(line);
    }
}

fn administrators(list: &mut List, seen: &Seen) {
    let roles = seen.administrator_roles();
    let roles = if roles.is_empty() { "no role".to_owned() } else { roles.join(", ") };
    list.note(format!(
        "who can read every channel: the guild's owner ({}) and whoever holds {roles}",
        seen.guild_owner
    ));
}

fn commands(list: &mut List, registered: &[String], config: &Config) {
    let Some(procedure) = config.procedures.get(&config.settings.procedure) else { return };
    let rules = Rules { procedure, catalogue: &config.catalogue, calendar: &config.calendar };
    let ours = registration::commands(&rules, &config.wording);
    let ours: BTreeSet<_> = ours.iter().filter_map(|command| command["name"].as_str()).collect();
    let missing: Vec<_> = ours.into_iter().filter(|name| !registered.iter().any(|known| known == name)).collect();
    if missing.is_empty() {
        list.fine("the commands are registered");
    } else {
        list.note(format!("not registered yet: /{}; serve registers them when it starts", missing.join(", /")));
    }
}
