//! Notices to the mailboxes of teams, over SMTP (INV-32). It never sends anything of a case but what an effect holds, and
//! never logs a word of it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::app::effect::Effect;
use crate::app::ports::{Agency, Claimed, Courier, Failure, Reference};

/// How long the mail server may take over one notice. The case's posts wait behind it.
const SEND_MAX: Duration = Duration::from_secs(10);
/// After so many failures a notice is given up: the chair hears of the silence in any case.
const TRIES_MAX: u32 = 4;

/// A mail server, and whom its mails are from.
pub struct Mailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why there is no mailer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoMailer {
    #[error("the mail server's address is none")]
    Server,
    #[error("the sender's address is none")]
    Sender,
}

impl Mailer {
    /// `server` is `smtps://user:password@host` or `smtp://host:port`; nothing is connected yet.
    ///
    /// # Errors
    /// Where one of the two can't be read.
    pub fn new(server: &str, from: &str) -> Result<Self, NoMailer> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(server).map_err(|_| NoMailer::Server)?;
        let from = from.parse().map_err(|_| NoMailer::Sender)?;
        Ok(Self { server: server.timeout(Some(SEND_MAX)).build(), from })
    }

    async fn send(&self, claimed: &Claimed, to: &str, subject: &str, text: &str) -> Result<(), Failure> {
        let gone = |why: &str| Failure::Gone { why: why.to_owned() };
        let to = to.parse().map_err(|_| gone("the mailbox is no address"))?;
        // The same at every attempt, so that a mailbox can tell a repeat.
        let id = format!("<{}@{}>", claimed.id, self.from.email.domain());
        let mail = Message::builder().from(self.from.clone()).to(to).subject(subject).message_id(Some(id));
        let mail = mail.body(text.to_owned()).map_err(|_| gone("the notice can't be written as a mail"))?;
        match self.server.send(mail).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() || claimed.attempts >= TRIES_MAX => {
                Err(gone("the mail server did not take it"))
            }
            Err(_) => Err(Failure::Later { after: None, why: "the mail server did not answer".to_owned() }),
        }
    }
}

/// Whether a text can be a mailbox's address.
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// Mails go to the mail server, everything else to the platform.
pub struct Post {
    pub platform: Arc<dyn Courier>,
    /// Absent where no mail server is set.
    pub mailer: Option<Arc<Mailer>>,
}

#[async_trait]
impl Courier for Post {
    async fn deliver(
        &self,
        claimed: &Claimed,
        known: &[Reference],
        agencies: &[Agency],
    ) -> Result<Vec<Reference>, Failure> {
        let Effect::Mail { agency, subject, text, .. } = &claimed.effect else {
            return self.platform.deliver(claimed, known, agencies).await;
        };
        let mailbox = agencies.iter().find(|known| known.name == *agency).and_then(|agency| agency.mailbox.as_deref());
        let (Some(mailer), Some(mailbox)) = (&self.mailer, mailbox) else {
            return Err(Failure::Gone { why: "there is no mail server or mailbox".to_owned() });
        };
        mailer.send(claimed, mailbox, subject, text).await.map(|()| Vec::new())
    }
}
