//! `masthead serve`: wait → load → build → tell the browser.
//!
//! Two threads share one value, the state. The editor waits for changes, makes an edition of each and
//! publishes it as the new state; the server answers requests from the state. Pages are made on request, by
//! the same code as in `build`. Nothing is written into the output folder, and nothing is served but what a
//! build would write, and the one script that keeps open pages up to date. Requests must call the server by
//! one of its own names. It reads no clock and prints nothing; the caller does, through [`Teller`].

mod answer;
mod connections;
mod desk;
mod editor;
mod faults;
mod http;
mod live;
mod names;
mod problems;
mod range;
mod state;
mod watch;

use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::sync::{Arc, Once};
use std::time::Duration;

use futures_util::future;
use tokio::sync::{oneshot, watch as share};

use crate::base::date::Moment;
use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::build::{Change, Progress, Report, Request};

use faults::Faults;
use names::Names;
use state::State;

/// What is to be served, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site.
    pub request: Request,
    /// The name or address to listen on; by default the loopback.
    pub host: Option<String>,
    /// The port; by default the first free one from [`DEFAULT_PORT`] on.
    pub port: Option<u16>,
    /// With so many documents or more, single pages are shown before the first edition is there.
    pub preview_from: usize,
}

/// With fewer documents, the first edition is there before anybody has asked for a page.
pub const PREVIEW_FROM: usize = 20_000;

/// The port that is tried first.
pub const DEFAULT_PORT: u16 = 1111;

/// How many ports are tried.
const TRIES: u16 = 50;

/// What is told of a new edition.
#[derive(Debug)]
pub struct Bulletin<'a> {
    /// What was found.
    pub report: &'a Report,
    /// Those of its diagnostics that were not there before.
    pub news: &'a [Diagnostic],
    /// New faults of pages that somebody has asked for.
    pub faults: &'a [Diagnostic],
    /// Whether its pages can be made. If not, because the configuration or all templates are broken, pages stay as they are.
    pub has_pages: bool,
    /// Whether there were errors before and now there are none, neither of the site nor of any page that somebody has
    /// asked for.
    pub is_mended: bool,
    /// What has changed.
    pub change: &'a Change,
    /// How long it took.
    pub took: Duration,
}

/// Receives what happens. Calls may come from any thread.
pub trait Teller: Progress + Send + Sync {
    /// The current time.
    fn now(&self) -> Moment;
    /// The server listens at this address.
    fn listens(&self, address: &str);
    /// There is a new edition.
    fn edition(&self, bulletin: &Bulletin<'_>);
    /// New faults were found when a page was made. Each is told once, as long as it stands.
    fn faults(&self, faults: &[Diagnostic]);
    /// The environment has refused something.
    fn trouble(&self, error: &Error);
}

/// Serves a site until the program is asked to stop.
pub fn run(options: Options, teller: &Arc<dyn Teller>) -> Result<()> {
    let (listener, names) = listen(&options)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::refused(format!("cannot start the server: {error}")))?;
    let (publish, states) = share::channel(Arc::new(State::default()));
    let root = options.request.root.clone();
    let announcement = Announcement::new(names.address(), teller);
    let (request, preview_from) = (options.request, options.preview_from);
    let faults = Arc::new(Faults::new(&root));
    let voice =
        editor::Voice { publish, announcement, teller: Arc::clone(teller), faults: Arc::clone(&faults) };
    let editor = editor::Editor::new(request, preview_from, voice);
    let server = http::Server::new(names, states, editor.alarm(), root, Arc::clone(teller), faults);
    let (refuse, refused) = oneshot::channel();
    std::thread::spawn(move || {
        // If the server has ended, nobody asks any more.
        editor.run().unwrap_or_else(|error| drop(refuse.send(error)));
    });
    let refused = async {
        match refused.await {
            Ok(error) => Err(error),
            Err(_) => future::pending().await,
        }
    };
    runtime.block_on(async {
        let serving = std::pin::pin!(http::serve(listener, server));
        future::select(serving, std::pin::pin!(refused)).await.factor_first().0
    })
}

/// Tells once that the server listens.
#[derive(Clone)]
struct Announcement {
    teller: Arc<dyn Teller>,
    address: String,
    once: Arc<Once>,
}

impl Announcement {
    fn new(address: &str, teller: &Arc<dyn Teller>) -> Self {
        Self { teller: Arc::clone(teller), address: address.to_owned(), once: Arc::new(Once::new()) }
    }

    fn tell(&self) {
        self.once.call_once(|| self.teller.listens(&self.address));
    }
}

/// Opens the port. Returns the names that the server may be called by, too.
fn listen(options: &Options) -> Result<(TcpListener, Names)> {
    let host = options.host.as_deref().unwrap_or("127.0.0.1");
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let ports = match options.port {
        Some(port) => port..=port,
        None => DEFAULT_PORT..=DEFAULT_PORT + TRIES,
    };
    let mut last = None;
    for port in ports {
        let addresses = (bare, port).to_socket_addrs();
        let addresses: Vec<SocketAddr> = addresses
            .map_err(|error| Error::refused(format!("cannot listen at `{host}`: {error}")))?
            .collect();
        match TcpListener::bind(&addresses[..]).and_then(|listener| Ok((listener.local_addr()?, listener))) {
            Ok((address, listener)) => return Ok((listener, Names::new(bare, address))),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some((port, error)),
            Err(error) => {
                return Err(Error::refused(format!("cannot listen at `{host}` port {port}: {error}")));
            }
        }
    }
    let hint = "name another one with `--port`, or leave it out to use the next free port";
    let taken = last.map_or_else(String::new, |(port, _)| format!("port {port} is taken"));
    Err(Error::refused(format!("cannot listen at `{host}`: {taken}")).hint(hint))
}
