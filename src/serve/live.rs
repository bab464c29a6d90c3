//! Live update of open pages: the script that each page gets, and the events that it listens to.
//!
//! A page sends the fingerprint of the bytes that it shows, and gets an event when these have changed. So a
//! page that a change did not touch is left alone. The addresses begin with `/.masthead`, which no file of a
//! site can have.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use tokio::sync::watch::Receiver;

use crate::base::fingerprint::Fingerprint;
use crate::base::percent::decoded;

use super::answer::{Content, Seen};
use super::http::Server;
use super::state::State;

/// Where the script is.
pub(super) const SCRIPT: &str = "/.masthead/live.js";
/// Where the events are.
pub(super) const EVENTS: &str = "/.masthead/events";

const SCRIPT_TEXT: &str = include_str!("live.js");

/// The script element for a page.
fn element(print: &str) -> String {
    format!("<script src=\"{SCRIPT}\" data-page=\"{print}\"></script>")
}

/// A page with the script before its `</body>`. HTML may leave that out, and then the script comes last.
pub(super) fn with_script(page: &[u8], print: &str) -> Vec<u8> {
    let end = end_of_body(page).unwrap_or(page.len());
    [&page[..end], element(print).as_bytes(), &page[end..]].concat()
}

fn end_of_body(page: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</body>";
    page.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END))
}

/// Whether some HTML is a page, and not only a piece of one.
pub(super) fn is_document(html: &[u8]) -> bool {
    let text = html.strip_prefix(b"\xef\xbb\xbf").unwrap_or(html).trim_ascii_start();
    let begins = |start: &[u8]| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    begins(b"<!doctype html") || begins(b"<html") || end_of_body(html).is_some()
}

/// A page for the time when there is none to show.
pub(super) fn waiting_page() -> String {
    let script = element("");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Masthead</title>\n</head>\n<body>\n\
         <p>This page can be shown when the errors are fixed.</p>\n{script}</body>\n</html>\n"
    )
}

/// The script.
pub(super) fn script() -> Response<Body> {
    let mut response = Response::new(Body::from(SCRIPT_TEXT));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The events for one open page. The query has its address and the fingerprint of what it shows:
/// `page=/a/&print=0123…`.
pub(super) fn events(server: &Arc<Server>, query: &str) -> Response<Body> {
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| decoded(value)).next().unwrap_or_default()
    };
    let mut states = server.pages.states.clone();
    states.mark_changed();
    let reader = Reader {
        server: Arc::clone(server),
        states,
        page: value("page"),
        print: value("print"),
        problems: String::new(),
        files: None,
        stock: value("stock"),
        queue: VecDeque::new(),
    };
    let events = stream::unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(event), reader))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// An open page.
struct Reader {
    server: Arc<Server>,
    states: Receiver<Arc<State>>,
    page: String,
    print: String,
    problems: String,
    files: Option<Arc<BTreeMap<String, Fingerprint>>>,
    /// The fingerprint of all copied files when the page last heard of them, perhaps in an earlier connection.
    stock: String,
    queue: VecDeque<Event>,
}

impl Reader {
    /// The next event; `None` when the server ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some(event);
            }
            self.states.changed().await.ok()?;
            let state = Arc::clone(&self.states.borrow_and_update());
            self.look(&state).await;
        }
    }

    async fn look(&mut self, state: &State) {
        if !state.is_ready {
            return;
        }
        let seen = self.server.now(state, &self.page).await;
        self.tell_files(state);
        if let Some(seen) = &seen {
            self.tell_page(seen);
        }
        let problems = match &seen {
            Some(seen) => seen.problems(state, &self.server.root).json(),
            None => state.problems.json(),
        };
        if problems != self.problems {
            self.queue.push_back(Event::default().event("problems").data(&problems));
            self.problems = problems;
        }
    }

    fn tell_page(&mut self, seen: &Seen) {
        let print = seen.print().to_string();
        if print != self.print && !matches!(seen.content, Content::Unavailable) {
            self.queue.push_back(Event::default().event("page").data(&print));
            self.print = print;
        }
    }

    /// Queues an event for the copied files that are new or have changed, such as a style sheet or a picture of the page.
    fn tell_files(&mut self, state: &State) {
        let before = self.files.replace(Arc::clone(&state.files));
        if self.stock == state.stock {
            return;
        }
        let stock = std::mem::replace(&mut self.stock, state.stock.clone());
        self.queue.push_back(Event::default().event("stock").data(&state.stock));
        let Some(before) = before else {
            // What has changed while there was no connection is not known.
            if !stock.is_empty() {
                self.queue.push_back(Event::default().event("files").data("null"));
            }
            return;
        };
        let is_new = |(url, print): &(&String, &Fingerprint)| before.get(*url) != Some(*print);
        let changed: Vec<String> =
            state.files.iter().filter(is_new).map(|(url, _)| format!("{}{url}", state.base_path)).collect();
        if !changed.is_empty() {
            let list = serde_json::to_string(&changed).unwrap_or_default();
            self.queue.push_back(Event::default().event("files").data(list));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_inserted_before_the_last_body_end_tag_or_comes_last() {
        let with = |page: &str| String::from_utf8(with_script(page.as_bytes(), "1")).unwrap();
        let script = element("1");
        assert_eq!(with("<p></body>x</BODY>\n"), format!("<p></body>x{script}</BODY>\n"));
        assert_eq!(with("<p>no end</p></html>\n"), format!("<p>no end</p></html>\n{script}"));
        assert_eq!(with(""), script);
    }

    #[test]
    fn a_page_is_told_from_a_piece_of_one() {
        for page in [
            "\u{feff}\n<!DOCTYPE html>\n<p>x",
            "<html lang=en>",
            "<!-- mine --><body><p>x</body>",
            "x</BODY>",
        ] {
            assert!(is_document(page.as_bytes()), "{page}");
        }
        for piece in ["<p>x</p>", "", "<ul><li>html", "<!-- a"] {
            assert!(!is_document(piece.as_bytes()), "{piece}");
        }
    }
}
