//! `masthead serve`: wait → load → build → tell the browser.
//!
//! Two threads share one value, the state: the editor waits for changes, makes editions and puts them there; the server answers
//! requests with what is there. Pages are made when they are asked for, by the code of `build` and no other. Nothing is written
//! into the output folder, nothing is served but what a build would write (and the one script that keeps pages fresh), and only
//! to who calls this server by a name of its own. It reads no clock and prints nothing: who starts it does.

mod answer;
mod connections;
mod desk;
mod editor;
mod http;
mod live;
mod media;
mod names;
mod problems;
mod range;
mod state;
mod watch;

use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch as share;

use crate::base::date::Moment;
use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::build::{Change, Progress, Report, Request};

use names::Names;
use state::State;

/// What is to be served, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site.
    pub request: Request,
    /// Where to listen, a name or an address: the loopback unless somebody wants more.
    pub host: Option<String>,
    /// The port; without one, the first free one from [`DEFAULT_PORT`] on.
    pub port: Option<u16>,
}

/// The port, if it is free.
pub const DEFAULT_PORT: u16 = 1111;

/// How many ports are tried.
const TRIES: u16 = 50;

/// Who hears what happens. All of it may come from any thread.
pub trait Teller: Progress + Send + Sync {
    /// What time it is.
    fn now(&self) -> Moment;
    /// The server listens at this address.
    fn listens(&self, address: &str);
    /// There is a new edition. Of its diagnostics, `news` are those that were not there before.
    fn edition(&self, report: &Report, news: &[Diagnostic], change: &Change, took: Duration);
    /// A page turned out to have faults that were not known before.
    fn faults(&self, faults: &[Diagnostic]);
    /// Something about the machine is not as it should be.
    fn trouble(&self, error: &Error);
}

/// Serves a site until somebody asks the program to stop.
pub fn run(options: Options, teller: &Arc<dyn Teller>) -> Result<()> {
    let (listener, names) = listen(&options)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::refused(format!("cannot start the server: {error}")))?;
    let (publish, states) = share::channel(Arc::new(State::default()));
    let address = names.address().to_owned();
    let root = options.request.root.clone();
    let editor = editor::Editor::new(options.request, publish, Arc::clone(teller));
    let server = http::Server::new(names, states, editor.alarm(), root, Arc::clone(teller));
    editor.first(&address)?;
    runtime.block_on(http::serve(listener, server))
}

/// Opens the port, and gives the names that the server may be called by.
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
    let hint = "name another one with `--port`, or none to take the next that is free";
    let taken = last.map_or_else(String::new, |(port, _)| format!("port {port} is taken"));
    Err(Error::refused(format!("cannot listen at `{host}`: {taken}")).hint(hint))
}
