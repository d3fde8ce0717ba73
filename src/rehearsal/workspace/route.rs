//! The routes that are played, one table: anything else is "404: Not Found".

/// Makes the enum, its list and its look-ups from one table, so that none can miss a row.
macro_rules! routes {
    ($($(#[$doc:meta])* $name:ident $method:literal $template:literal)*) => {
        /// A REST route of the platform, named by what it does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Route {
            $($(#[$doc])* $name,)*
        }

        impl Route {
            /// In order of matching.
            const ALL: &[Self] = &[$(Self::$name,)*];

            /// The HTTP method.
            pub fn method(self) -> &'static str {
                match self { $(Self::$name => $method,)* }
            }

            /// The path as a template, e.g. `/channels/{channel}/messages`.
            pub fn template(self) -> &'static str {
                match self { $(Self::$name => $template,)* }
            }
        }
    };
}

// In order of matching: a literal segment stands before a placeholder in the same place.
routes! {
    /// Where the gateway is.
    GetGateway "GET" "/gateway"
    /// Where the gateway is, and how often one may identify.
    GetGatewayBot "GET" "/gateway/bot"
    /// The bot's own user.
    GetMe "GET" "/users/@me"
    /// The application.
    GetApplication "GET" "/applications/@me"
    /// The application, by its older path.
    GetApplicationByToken "GET" "/oauth2/applications/@me"
    /// Open (or find) a direct channel.
    OpenDirectChannel "POST" "/users/@me/channels"
    /// A user.
    GetUser "GET" "/users/{user}"
    /// The registered commands.
    GetCommands "GET" "/applications/{application}/guilds/{guild}/commands"
    /// Replace the registered commands.
    PutCommands "PUT" "/applications/{application}/guilds/{guild}/commands"
    /// The first answer to an interaction.
    AnswerInteraction "POST" "/interactions/{interaction}/{token}/callback"
    /// Another message in answer to an interaction.
    CreateFollowup "POST" "/webhooks/{application}/{token}"
    /// Read the first answer.
    GetOriginal "GET" "/webhooks/{application}/{token}/messages/@original"
    /// Edit the first answer.
    EditOriginal "PATCH" "/webhooks/{application}/{token}/messages/@original"
    /// Delete the first answer.
    DeleteOriginal "DELETE" "/webhooks/{application}/{token}/messages/@original"
    /// Read a followup.
    GetFollowup "GET" "/webhooks/{application}/{token}/messages/{message}"
    /// Edit a followup.
    EditFollowup "PATCH" "/webhooks/{application}/{token}/messages/{message}"
    /// Delete a followup.
    DeleteFollowup "DELETE" "/webhooks/{application}/{token}/messages/{message}"
    /// The guild.
    GetGuild "GET" "/guilds/{guild}"
    /// The guild's channels.
    GetChannels "GET" "/guilds/{guild}/channels"
    /// Make a channel.
    CreateChannel "POST" "/guilds/{guild}/channels"
    /// The guild's roles.
    GetRoles "GET" "/guilds/{guild}/roles"
    /// A page of members.
    GetMembers "GET" "/guilds/{guild}/members"
    /// A member.
    GetMember "GET" "/guilds/{guild}/members/{user}"
    /// A channel.
    GetChannel "GET" "/channels/{channel}"
    /// Change a channel.
    EditChannel "PATCH" "/channels/{channel}"
    /// Delete a channel.
    DeleteChannel "DELETE" "/channels/{channel}"
    /// Set an overwrite.
    PutOverwrite "PUT" "/channels/{channel}/permissions/{overwrite}"
    /// Remove an overwrite.
    DeleteOverwrite "DELETE" "/channels/{channel}/permissions/{overwrite}"
    /// The pinned messages.
    GetPins "GET" "/channels/{channel}/messages/pins"
    /// The pinned messages, by the older path.
    GetPinsOld "GET" "/channels/{channel}/pins"
    /// Pin a message.
    Pin "PUT" "/channels/{channel}/messages/pins/{message}"
    /// Pin a message, by the older path.
    PinOld "PUT" "/channels/{channel}/pins/{message}"
    /// Take a pin off.
    Unpin "DELETE" "/channels/{channel}/messages/pins/{message}"
    /// Take a pin off, by the older path.
    UnpinOld "DELETE" "/channels/{channel}/pins/{message}"
    /// Post a message.
    CreateMessage "POST" "/channels/{channel}/messages"
    /// A page of messages.
    GetMessages "GET" "/channels/{channel}/messages"
    /// A message.
    GetMessage "GET" "/channels/{channel}/messages/{message}"
    /// Edit a message.
    EditMessage "PATCH" "/channels/{channel}/messages/{message}"
    /// Delete a message.
    DeleteMessage "DELETE" "/channels/{channel}/messages/{message}"
}

impl Route {
    /// Interaction endpoints are the bot's answers to people: no authorisation header, no global rate limit.
    pub fn is_interaction(self) -> bool {
        self == Self::AnswerInteraction || self.template().starts_with("/webhooks/")
    }

    /// Played with files beside the body.
    pub fn takes_files(self) -> bool {
        matches!(self, Self::CreateFollowup | Self::EditOriginal | Self::EditFollowup)
    }

    /// Reachable without a token of the bot.
    pub fn is_open(self) -> bool {
        self.is_interaction() || self == Self::GetGateway
    }
}

/// What every path begins with.
pub const PREFIX: &str = "/api/v10";

/// A route and what stood in its placeholders.
#[derive(Clone, Debug)]
pub struct Matched {
    pub route: Route,
    pub places: Vec<(&'static str, String)>,
}

/// Which route a request is for.
pub fn find(method: &str, path: &str) -> Option<Matched> {
    let path = path.strip_prefix(PREFIX)?;
    Route::ALL.iter().filter(|route| route.method() == method).find_map(|route| {
        let places = fits(route.template(), path)?;
        Some(Matched { route: *route, places })
    })
}

fn fits(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut places = Vec::new();
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(places),
            (Some(wanted), Some(given)) => match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) if !given.is_empty() => places.push((name, given.to_owned())),
                None if wanted == given => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}
