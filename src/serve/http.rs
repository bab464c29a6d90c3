//! From requests to responses (RFC 9110): host names, methods, conditions, ranges.
//!
//! Only addresses of planned outputs lead anywhere; no path of a request ever becomes a path of the disk.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State as Shared};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, Method, Response, StatusCode, Version};
use futures_util::stream;
use tokio::sync::watch::Receiver;

use crate::base::error::{Error, Result};
use crate::base::fs::OpenFile;
use crate::base::percent::decoded;
use crate::model::media::HTML;

use super::answer::{Content, Pages, Seen};
use super::faults::Faults;
use super::names::Names;
use super::range::{Part, part};
use super::state::State;
use super::watch::Signal;
use super::{Teller, connections, live};

/// What is needed to answer requests.
pub(super) struct Server {
    names: Names,
    pub(super) pages: Pages,
    pub(super) root: PathBuf,
    teller: Arc<dyn Teller>,
    faults: Arc<Faults>,
}

impl Server {
    pub(super) fn new(
        names: Names,
        states: Receiver<Arc<State>>,
        alarm: Sender<Signal>,
        root: PathBuf,
        teller: Arc<dyn Teller>,
        faults: Arc<Faults>,
    ) -> Self {
        Self { names, pages: Pages::new(states, alarm), root, teller, faults }
    }
}

/// Answers requests until the program is asked to stop.
pub(super) async fn serve(listener: TcpListener, server: Server) -> Result<()> {
    let cannot = |error: std::io::Error| Error::refused(format!("cannot start the server: {error}"));
    listener.set_nonblocking(true).map_err(cannot)?;
    let listener = tokio::net::TcpListener::from_std(listener).map_err(cannot)?;
    let router = Router::new().fallback(respond).with_state(Arc::new(server));
    let serving = std::pin::pin!(connections::answer(listener, router, connections::PATIENCE));
    // Open connections are cut: otherwise a page that waits for events would keep the program from ending.
    futures_util::future::select(serving, std::pin::pin!(stopped())).await;
    Ok(())
}

/// Waits for Ctrl-C or, on Unix, SIGTERM.
async fn stopped() {
    let interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        futures_util::future::select(interrupted, std::pin::pin!(terminate.recv())).await;
        return;
    }
    drop(interrupted.await);
}

async fn respond(Shared(server): Shared<Arc<Server>>, request: Request) -> Response<Body> {
    let (method, headers, uri) = (request.method(), request.headers(), request.uri());
    let hosts = headers.get_all(header::HOST).iter().count();
    // RFC 9112, section 3.2. A proxy could choose another one of several `Host` headers than this server
    // does.
    if hosts > 1 || hosts == 0 && request.version() == Version::HTTP_11 {
        return plain(StatusCode::BAD_REQUEST, "A request must name its host exactly once.\n");
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_meant = uri.authority().is_none_or(|authority| server.names.include(authority.as_str()));
    if !is_meant || !server.names.include(host) {
        return plain(StatusCode::FORBIDDEN, "This server does not answer to that name.\n");
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "This server only answers GET and HEAD.\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    match uri.path() {
        live::SCRIPT => live::script(),
        live::EVENTS => live::events(&server, uri.query().unwrap_or_default()),
        path => page(&server, path, uri.query(), Asked { method, headers }).await,
    }
}

/// Where a path of a request leads.
enum Place {
    /// An address of the site.
    Site(String),
    /// To another address, to which the browser is redirected.
    Elsewhere(String),
}

impl Place {
    fn of(path: &str, base: &str) -> Self {
        let (path, base_decoded) = (decoded(path), decoded(base));
        match path.strip_prefix(base_decoded.as_str()) {
            Some(address) if address.starts_with('/') => Self::Site(address.to_owned()),
            Some("") => Self::Elsewhere(format!("{base}/")),
            _ if path == "/" => Self::Elsewhere(format!("{base}/")),
            // This is no address of the site, because those begin with a slash.
            _ => Self::Site(String::new()),
        }
    }
}

/// How many editions are waited for in turn if the cache turns out to be damaged.
const MOST_WAITS: usize = 3;

async fn page(server: &Server, path: &str, query: Option<&str>, asked: Asked<'_>) -> Response<Body> {
    let mut states = server.pages.states.clone();
    let mut waits = 0;
    loop {
        let state = Arc::clone(&states.borrow_and_update());
        let is_known = state.is_ready || state.preview.is_some();
        let address = match Place::of(path, &state.base_path) {
            Place::Site(address) => address,
            Place::Elsewhere(there) if is_known => return moved(&there, query),
            Place::Elsewhere(_) => String::new(),
        };
        if state.is_ready {
            match server.seen(&state, &address).await {
                Ok(Seen { content: Content::Folder, .. }) => return moved(&format!("{path}/"), query),
                Ok(seen) => return answer(seen, asked),
                // The editor knows of it, and the next edition does without the cache.
                Err(Error::DamagedCache) if waits < MOST_WAITS => waits += 1,
                Err(error) => {
                    server.teller.trouble(&error);
                    return unavailable();
                }
            }
        } else if let Some(seen) = server.pages.early(&state, &address).await {
            return answer(seen, asked);
        }
        if states.changed().await.is_err() {
            return unavailable();
        }
    }
}

impl Server {
    async fn seen(&self, state: &State, address: &str) -> Result<Seen> {
        let mut seen = self.pages.find(state, address).await?;
        // If no page can be made, it is not known what is wrong with this one.
        if state.has_pages {
            seen.faults = self.faults.settled(seen.faults);
            let news = self.faults.seen(&seen.page, &seen.faults);
            if !news.is_empty() {
                self.teller.faults(&news);
            }
        }
        Ok(seen)
    }

    /// What there is now at the path of an open page.
    pub(super) async fn now(&self, state: &State, path: &str) -> Option<Seen> {
        match Place::of(path, &state.base_path) {
            Place::Site(address) => self.seen(state, &address).await.ok(),
            Place::Elsewhere(_) => None,
        }
    }
}

fn answer(seen: Seen, asked: Asked<'_>) -> Response<Body> {
    let tag = format!("\"{}\"", seen.print());
    let status = StatusCode::from_u16(seen.status).unwrap_or_default();
    let is_known = status == StatusCode::OK && is_known(asked.headers, &tag);
    let mut response = match seen.content {
        Content::Unavailable | Content::Folder => return unavailable(),
        _ if is_known => status_only(StatusCode::NOT_MODIFIED),
        Content::Page(bytes) => {
            let print = tag.trim_matches('"');
            bytes_answer(status, live::with_script(&bytes, print).into(), asked, &tag)
        }
        Content::Bytes(bytes) => bytes_answer(status, Bytes::from_owner(Lent(bytes)), asked, &tag),
        Content::File(path, ..) => file_answer(status, &path, asked, &tag),
    };
    let set = |name: HeaderName, value: &str, response: &mut Response<Body>| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    if !is_known {
        set(header::CONTENT_TYPE, &seen.content_type, &mut response);
    }
    set(header::ETAG, &tag, &mut response);
    set(header::CACHE_CONTROL, "no-cache", &mut response);
    set(header::ACCEPT_RANGES, "bytes", &mut response);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff", &mut response);
    response
}

/// Bytes that several responses share.
struct Lent(Arc<Vec<u8>>);

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Whether the browser has this already (`If-None-Match`, RFC 9110 section 13.1.2).
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let tags = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = tags.flat_map(|value| value.split(',')).map(|known| known.trim().trim_start_matches("W/"));
    tags.any(|known| known == tag || known == "*")
}

/// How something is asked for.
#[derive(Clone, Copy)]
struct Asked<'r> {
    method: &'r Method,
    headers: &'r HeaderMap,
}

/// The range that is asked for, or all if the browser has the rest of another version (`If-Range`). Only GET
/// knows ranges (section 14.2).
fn wanted(status: StatusCode, Asked { method, headers }: Asked<'_>, tag: &str, size: u64) -> Part {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if *method != Method::GET
        || status != StatusCode::OK
        || text(header::IF_RANGE).is_some_and(|known| known != tag)
    {
        return Part::Whole;
    }
    part(text(header::RANGE), size)
}

fn bytes_answer(status: StatusCode, bytes: Bytes, asked: Asked<'_>, tag: &str) -> Response<Body> {
    let size = bytes.len() as u64;
    match wanted(status, asked, tag, size) {
        Part::Whole => sized(status, Body::from(bytes), size),
        Part::Bytes(first, last) => {
            let body = Body::from(bytes.slice(first as usize..=last as usize));
            partial(body, first, last, size)
        }
        Part::Impossible => impossible(size),
    }
}

fn file_answer(status: StatusCode, path: &Path, asked: Asked<'_>, tag: &str) -> Response<Body> {
    let file = OpenFile::open(path).and_then(|file| Ok((file.size()?, file)));
    let Ok((size, file)) = file else { return unavailable() };
    match wanted(status, asked, tag, size) {
        Part::Whole => sized(status, pieces(file, 0, size), size),
        Part::Bytes(first, last) => partial(pieces(file, first, last + 1), first, last, size),
        Part::Impossible => impossible(size),
    }
}

/// How much of a file is read at once.
const PIECE: u64 = 256 * 1024;

/// The bytes `from..to` of a file, which are read while they are sent.
fn pieces(file: OpenFile, from: u64, to: u64) -> Body {
    let file = Arc::new(file);
    Body::from_stream(stream::try_unfold(from, move |at| {
        let file = Arc::clone(&file);
        async move {
            if at >= to {
                return Ok::<_, std::io::Error>(None);
            }
            let length = PIECE.min(to - at) as usize;
            let read = tokio::task::spawn_blocking(move || file.part(at, length)).await;
            let bytes = read.map_err(std::io::Error::other)?.map_err(std::io::Error::other)?;
            Ok(Some((Bytes::from(bytes), at + length as u64)))
        }
    }))
}

fn sized(status: StatusCode, body: Body, size: u64) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_LENGTH, size.into());
    response
}

fn partial(body: Body, first: u64, last: u64, size: u64) -> Response<Body> {
    let response = sized(StatusCode::PARTIAL_CONTENT, body, last - first + 1);
    with_range(response, &format!("bytes {first}-{last}/{size}"))
}

fn impossible(size: u64) -> Response<Body> {
    with_range(status_only(StatusCode::RANGE_NOT_SATISFIABLE), &format!("bytes */{size}"))
}

fn with_range(mut response: Response<Body>, range: &str) -> Response<Body> {
    if let Ok(range) = HeaderValue::from_str(range) {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    response
}

fn status_only(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = sized(status, Body::from(text), text.len() as u64);
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, text);
    response
}

/// A page that waits until the errors are fixed.
fn unavailable() -> Response<Body> {
    let page = live::waiting_page();
    let mut response = sized(StatusCode::INTERNAL_SERVER_ERROR, Body::from(page.clone()), page.len() as u64);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Redirects the browser, for this time only: the addresses of a site that is being written may change.
fn moved(path: &str, query: Option<&str>) -> Response<Body> {
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let mut response = status_only(StatusCode::FOUND);
    // A path that begins with two slashes would name another host.
    let path = format!("/{}", path.trim_start_matches('/'));
    if let Ok(there) = HeaderValue::from_str(&format!("{path}{query}")) {
        response.headers_mut().insert(header::LOCATION, there);
    }
    response
}
