//! What is asked and recorded: the child, the family, and what each agency is asked in its turn.

mod family;
mod finding_out;
mod insisted;
mod turns;

use convenor::domain::stage::Stage;

use crate::support::{Cast, House};

/// Monday morning under a procedure: the child is listed with these in place of what is usual (an empty one is left
/// out), chair, police and health visitor have come in, and the chair has moved on to this stage.
async fn house_at(procedure: &str, child: &[(&str, &str)], stage: Stage) -> House {
    house_with(procedure, &[], child, stage).await
}

/// The same, the referral registered with these in place of what is usual.
async fn house_with(procedure: &str, referral: &[(&str, &str)], child: &[(&str, &str)], stage: Stage) -> House {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    house.gathers_with(referral, child).await;
    house.chair().opens().await;
    house.goes_on_to(stage).await;
    house
}

/// The chair announces these as the first to be heard.
async fn orders(house: &House, order: &[Cast]) {
    let mut seats = Vec::new();
    for who in order {
        seats.push(house.chair().picks(&["strategy", "absent"], "who", who.name()).await);
    }
    house.chair().slash(&["chair", "order"], &[("order", &seats.join(","))]).await;
}

/// They alone are heard, in this order, each saying this; gives the banners of their turns.
async fn heard(house: &House, turns: &[(Cast, &[(&str, &str)])]) -> Vec<String> {
    orders(house, &turns.iter().map(|(who, _)| *who).collect::<Vec<_>>()).await;
    house.goes_on_to(Stage::Sharing).await;
    for (who, said) in turns {
        house.who(*who).slash(&["share"], said).await;
        house.who(*who).finishes().await;
    }
    house.room_posts().await.into_iter().filter(|post| post.contains("has the floor")).collect()
}
