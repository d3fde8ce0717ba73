//! How far a discussion has come: the steps that bring a house there.

use convenor::domain::event::Event;
use convenor::domain::stage::Stage;

use super::house::SHIPPED;
use super::{Cast, House};

impl House {
    /// Registered, listed and convened, with chair, police and health visitor invited.
    pub async fn convened() -> Self {
        let house = Self::open().await;
        house.is_convened().await;
        house
    }

    /// They have all come in.
    pub async fn gathered() -> Self {
        let house = Self::open().await;
        house.gathers().await;
        house
    }

    /// Opened, and the chair has gone on to this stage.
    pub async fn at(stage: Stage) -> Self {
        Self::under_at(SHIPPED, stage).await
    }

    /// The same under another procedure.
    pub async fn under_at(procedure: &str, stage: Stage) -> Self {
        let house = Self::under(procedure, "2026-12-07 10:00").await;
        house.gathers().await;
        house.chair().opens().await;
        house.goes_on_to(stage).await;
        house
    }

    /// Registered, listed and convened, with chair, police and health visitor invited.
    pub async fn is_convened(&self) {
        self.is_convened_with(&[], &[]).await;
    }

    /// The same; these take the place of what is otherwise given of referral and child.
    async fn is_convened_with(&self, referral: &[(&str, &str)], child: &[(&str, &str)]) {
        let received = self.moment(-90);
        let referral = [&[("received", received.as_str())], referral].concat();
        self.social_worker().registers_with(&referral).await;
        self.social_worker().lists_the_child_with(child).await;
        self.social_worker().convenes().await;
        for who in [Cast::Police, Cast::HealthVisitor] {
            self.social_worker().invites(who).await;
        }
    }

    /// Convened, and everybody asked has come in.
    pub async fn gathers(&self) {
        self.gathers_with(&[], &[]).await;
    }

    /// The same; these take the place of what is otherwise given of referral and child.
    pub async fn gathers_with(&self, referral: &[(&str, &str)], child: &[(&str, &str)]) {
        self.is_convened_with(referral, child).await;
        for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
            self.who(who).accepts().await;
            self.who(who).passes_the_door().await;
        }
    }

    /// The chair presses Next until this stage.
    pub async fn goes_on_to(&self, stage: Stage) {
        let mut now = Stage::Open;
        for record in self.db_journal().await {
            if let Event::StageEntered { stage } = record.event {
                now = stage;
            }
        }
        while now < stage {
            self.chair().goes_on_regardless().await;
            now = now.next().expect("the chair can move on to it");
        }
    }
}
