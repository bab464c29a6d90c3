//! Connections: each is answered as long as requests arrive, and closed if none does in time.
//!
//! It knows neither sites nor pages.

use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

/// How long the head of a request may take. Each open connection uses a file descriptor, and their number is
/// limited.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Accepts and answers connections for ever. If the head of a request is not complete in time, the connection
/// is closed. Answers may take any time, because a page waits for events. `axum::serve` has no such limit.
pub(super) async fn answer(mut listener: TcpListener, router: Router, patience: Duration) -> ! {
    loop {
        // Unlike the listener's own method, that of the trait waits while no file descriptor is free.
        let (stream, _) = axum::serve::Listener::accept(&mut listener).await;
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            // Otherwise it would wait without a limit for the bytes that tell HTTP/1 from HTTP/2.
            let mut builder = Builder::new(TokioExecutor::new()).http1_only();
            builder.http1().timer(TokioTimer::new()).header_read_timeout(patience);
            // It is no error if the client has gone.
            drop(builder.serve_connection(TokioIo::new(stream), service).await);
        });
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{SocketAddr, TcpStream};

    use axum::body::Body;
    use futures_util::stream;

    use super::*;

    const SHORT: Duration = Duration::from_millis(60);

    /// A server whose one answer takes longer than a request may.
    fn start() -> SocketAddr {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let words = || ["begin", "end"].into_iter();
        let slowly = move || {
            stream::unfold(words(), |mut words| async move {
                tokio::time::sleep(SHORT * 2).await;
                Some((Ok::<_, std::io::Error>(words.next()?), words))
            })
        };
        let router = Router::new().fallback(move || async move { Body::from_stream(slowly()) });
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { answer(TcpListener::from_std(listener).unwrap(), router, SHORT).await })
        });
        address
    }

    /// All that is answered to what is said, until the connection is closed.
    fn answered(address: SocketAddr, said: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(said.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn idle_connections_are_closed_but_not_those_waiting_for_an_answer() {
        let address = start();
        assert_eq!(answered(address, ""), "");
        assert_eq!(answered(address, "GET / HTTP/1.1\r\nHost: localhost\r\nX-More: "), "");
        let whole = answered(address, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(whole.contains("begin") && whole.contains("end"), "{whole}");
    }
}
