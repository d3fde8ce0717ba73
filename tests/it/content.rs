//! What is asked and recorded: the child, the family, and what each agency is asked in its turn.

mod finding_out;

use convenor::domain::stage::Stage;

use crate::support::{Cast, House};

/// Monday morning under a procedure: the child is listed with these in place of what is usual (an empty one is left
/// out), chair, police and health visitor have come in, and the chair has moved on to this stage.
async fn house_at(procedure: &str, child: &[(&str, &str)], stage: Stage) -> House {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    house.social_worker().registers().await;
    lists(&house, child).await;
    house.social_worker().convenes().await;
    for who in [Cast::Police, Cast::HealthVisitor] {
        house.social_worker().invites(who).await;
    }
    for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.chair().opens().await;
    house.goes_on_to(stage).await;
    house
}

/// The social worker lists the child the discussion is about.
async fn lists(house: &House, more: &[(&str, &str)]) {
    let mut given = vec![
        ("name", "Ellis Quillfeather"),
        ("born", "12 March 2019"),
        ("subject", "true"),
        ("stage", "school_age"),
        ("relationship", "subject"),
        ("address", "14 Pockmarrow Lane"),
        ("parental_responsibility", "Mother, Marlow Quillfeather"),
        ("legal_status", "none"),
        ("location", "Larkshire General Hospital, ward 4"),
    ];
    given.retain(|(key, _)| !more.iter().any(|(other, _)| key == other));
    given.extend(more.iter().filter(|(_, text)| !text.is_empty()));
    assert_eq!(house.social_worker().slash(&["strategy", "child"], &given).await.code(), "child_listed");
}
