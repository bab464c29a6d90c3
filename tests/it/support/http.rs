//! The server of `masthead serve` in a process of its own, and somebody who asks it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The longest that anything may take before a test gives up. No test depends on how long it does take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A running server, which ends when it is dropped.
pub(crate) struct Server {
    /// `None` if it runs in this process.
    child: Option<Child>,
    pub(crate) port: u16,
    /// What it says on standard error.
    lines: Receiver<String>,
    /// What it has said before it listened.
    pub(crate) at_start: String,
}

/// A response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Server {
    /// Serves a site on a free port.
    pub(crate) fn start(root: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_masthead"))
            .args(["serve", "--port", "0", "--at", super::AT, "--root"])
            .arg(root)
            .args(more)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            errors.lines().for_each(|line| drop(sender.send(line.unwrap_or_default())));
        });
        let mut server = Self { child: Some(child), port: 0, lines, at_start: String::new() };
        server.at_start = server.says_all("Serving at http://");
        server.port = port_of(&server.at_start);
        server
    }

    /// The server of this process that listens at an address.
    pub(crate) fn at(address: &str) -> Self {
        Self { child: None, port: port_of(address), lines: channel().1, at_start: String::new() }
    }

    /// Waits until it says something, and gives the line.
    pub(crate) fn says(&self, text: &str) -> String {
        self.says_all(text).lines().last().unwrap_or_default().to_owned()
    }

    /// Waits until it says something, and gives that with all it has said before.
    pub(crate) fn says_all(&self, text: &str) -> String {
        let mut said = String::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return said + &line,
                Ok(line) => said += &(line + "\n"),
                Err(error) => panic!("it never says `{text}` ({error}), but:\n{said}"),
            }
        }
    }

    /// What it has said that nobody has read yet.
    pub(crate) fn said(&self) -> String {
        self.lines.try_iter().map(|line| line + "\n").collect()
    }

    /// Asks with a request line and headers of one's own.
    pub(crate) fn ask(&self, request: &str, headers: &[&str]) -> Response {
        let mut stream = self.connect();
        let mut text = format!("{request} HTTP/1.1\r\nConnection: close\r\n");
        headers.iter().for_each(|header| text.extend([*header, "\r\n"]));
        stream.write_all(format!("{text}\r\n").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Response::read(&bytes)
    }

    /// Asks for a path.
    pub(crate) fn get(&self, path: &str) -> Response {
        self.get_with(path, &[])
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[&str]) -> Response {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        self.ask(&format!("GET {path}"), &[&[host.as_str()], headers].concat())
    }

    /// Asks until the page has the text.
    pub(crate) fn shows(&self, path: &str, text: &str) -> String {
        self.until(path, |page| page.contains(text)).unwrap_or_else(|page| panic!("no `{text}` in {page}"))
    }

    /// Asks until the status is this one.
    pub(crate) fn comes_to(&self, path: &str, status: u16) {
        for _ in 0..PATIENCE.as_millis() / 10 {
            if self.get(path).status == status {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("`{path}` never comes to {status}");
    }

    /// Asks until the page no longer has the text.
    pub(crate) fn until_not(&self, path: &str, text: &str) {
        self.until(path, |page| !page.contains(text)).unwrap_or_else(|page| panic!("`{text}` in {page}"));
    }

    fn until(&self, path: &str, is_fine: impl Fn(&str) -> bool) -> Result<String, String> {
        let mut page = String::new();
        for _ in 0..PATIENCE.as_millis() / 10 {
            page = self.get(path).text();
            if is_fine(&page) {
                return Ok(page);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Err(page)
    }

    /// Opens a page as a browser does, and listens to what it is told.
    pub(crate) fn open(&self, path: &str) -> Listener {
        let listener = self.open_early(path);
        // The first thing that a page is told is how things are.
        listener.hears("problems");
        listener
    }

    /// The same before the first edition, when nothing is told yet.
    pub(crate) fn open_early(&self, path: &str) -> Listener {
        let page = self.get(path).text();
        let print =
            page.split("data-page=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let mut stream = self.connect();
        let port = self.port;
        let request = format!(
            "GET /.masthead/events?page={path}&print={print} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let (sender, events) = channel();
        std::thread::spawn(move || {
            let mut name = String::new();
            for line in BufReader::new(stream).lines() {
                let Ok(line) = line else { return };
                if let Some(event) = line.strip_prefix("event: ") {
                    event.clone_into(&mut name);
                } else if let Some(data) = line.strip_prefix("data: ") {
                    drop(sender.send((name.clone(), data.to_owned())));
                }
            }
        });
        Listener { events }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Asks it to end as Ctrl-C does, and says whether all was well.
    #[cfg(unix)]
    pub(crate) fn interrupt(&mut self) -> bool {
        let child = self.child.as_mut().unwrap();
        let asked = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// Somebody who has a page open.
pub(crate) struct Listener {
    events: Receiver<(String, String)>,
}

impl Listener {
    /// Waits for an event of this name, and gives what it says.
    pub(crate) fn hears(&self, wanted: &str) -> String {
        loop {
            let (name, data) =
                self.events.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("no `{wanted}`: {error}"));
            if name == wanted {
                return data;
            }
        }
    }

    /// The names of the events that have come.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.events.try_iter().map(|(name, _)| name).collect()
    }

    /// Whether the server has gone.
    pub(crate) fn is_alone(&self) -> bool {
        loop {
            match self.events.recv_timeout(PATIENCE) {
                Ok(_) => {}
                Err(error) => return error == RecvTimeoutError::Disconnected,
            }
        }
    }
}

impl Response {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let (first, rest) = head.split_once("\r\n").unwrap();
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        };
        let headers: BTreeMap<String, String> = rest.split("\r\n").map(header).collect();
        let body = bytes[end + 4..].to_vec();
        if headers.contains_key("transfer-encoding") {
            return Self { status, headers, body: joined(&body) };
        }
        Self { status, headers, body }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body without the script that the server adds to pages: that and nothing else.
    pub(crate) fn as_built(&self) -> Vec<u8> {
        let text = String::from_utf8_lossy(&self.body);
        let Some(start) = text.find("<script src=\"/.masthead/live.js\" data-page=\"") else {
            return self.body.clone();
        };
        let end = start + text[start..].find("></script>").unwrap() + "></script>".len();
        [&self.body[..start], &self.body[end..]].concat()
    }
}

/// The port of an address, behind which there may be more.
fn port_of(address: &str) -> u16 {
    address.rsplit_once(':').unwrap().1.split('/').next().unwrap().parse().unwrap()
}

/// A body that came in chunks.
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|window| window == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&chunks[end + 2..end + 2 + size]);
        chunks = &chunks[end + 2 + size + 2..];
    }
}
