//! Connections that can be cut on demand, as a network would: no closing frame, no answer, just gone.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The scissors for one connection.
#[derive(Clone, Debug, Default)]
pub struct Link(Arc<LinkState>);

#[derive(Debug, Default)]
struct LinkState {
    cut: AtomicBool,
    reader: Mutex<Option<Waker>>,
}

impl Link {
    /// Break the connection; whatever was not yet written is lost.
    pub fn cut(&self) {
        self.0.cut.store(true, Ordering::SeqCst);
        let reader = self.0.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(reader) = reader {
            reader.wake();
        }
    }

    fn check(&self) -> io::Result<()> {
        if self.0.cut.load(Ordering::SeqCst) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }

    /// A reader sleeps until bytes arrive; remember whom to wake so that a cut is felt at once.
    fn remember(&self, context: &Context<'_>) {
        *self.0.reader.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
    }
}

/// A connection with its scissors.
#[derive(Debug)]
pub struct Cuttable {
    stream: TcpStream,
    link: Link,
}

impl AsyncRead for Cuttable {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.link.remember(cx);
        self.link.check()?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Cuttable {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.link.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.link.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Listens on the loopback interface and keeps the scissors of every connection.
#[derive(Debug)]
pub struct CuttableListener {
    listener: TcpListener,
    links: Links,
}

/// The scissors of every connection ever accepted and not yet gone.
#[derive(Clone, Debug, Default)]
pub struct Links(Arc<Mutex<Vec<Link>>>);

impl Links {
    fn keep(&self, link: Link) {
        let mut links = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Only the list itself still holds the scissors of a connection that has ended.
        links.retain(|link| Arc::strong_count(&link.0) > 1);
        links.push(link);
    }

    /// Break every connection.
    pub fn cut_all(&self) {
        for link in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            link.cut();
        }
    }
}

impl CuttableListener {
    /// Wrap a bound listener.
    pub fn new(listener: TcpListener, links: Links) -> Self {
        Self { listener, links }
    }
}

impl Listener for CuttableListener {
    type Io = Cuttable;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // Small frames must not wait for one another; failing to say so only makes them slower.
        let _ = stream.set_nodelay(true);
        let link = Link::default();
        self.links.keep(link.clone());
        (Cuttable { stream, link }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Link {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().link.clone()
    }
}
