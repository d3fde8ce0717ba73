//! A mail server of the test's own: takes every mail over plain SMTP and keeps it.

use std::sync::{Arc, Mutex, PoisonError};

use convenor::mail::Mailer;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub struct MailServer {
    address: String,
    mails: Arc<Mutex<Vec<String>>>,
    listening: JoinHandle<()>,
}

impl MailServer {
    pub async fn open() -> Self {
        Self::answering(b"250 fine\r\n").await
    }

    /// Knows none of the mailboxes.
    pub async fn refusing() -> Self {
        Self::answering(b"550 no such mailbox\r\n").await
    }

    async fn answering(to_recipients: &'static [u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port of this machine is free");
        let address = format!("smtp://{}", listener.local_addr().expect("it has an address"));
        let mails = Arc::new(Mutex::default());
        let kept = Arc::clone(&mails);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever hangs up early has sent nothing.
                let _ = take(stream, to_recipients, &kept).await;
            }
        });
        Self { address, mails, listening }
    }

    pub fn mailer(&self) -> Arc<Mailer> {
        Arc::new(Mailer::new(&self.address, "convenor@example.org").expect("its address is one"))
    }

    /// Every mail so far, headers and all.
    pub fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn take(stream: TcpStream, to_recipients: &[u8], mails: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 ready\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer: &[u8] = match line.split(' ').next().unwrap_or_default() {
            "DATA" => {
                writing.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    mail.push_str(&line);
                    mail.push('\n');
                }
                mails.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
                b"250 kept\r\n"
            }
            "RCPT" => to_recipients,
            "QUIT" => b"221 bye\r\n",
            _ => b"250 fine\r\n",
        };
        writing.write_all(answer).await?;
    }
    Ok(())
}
