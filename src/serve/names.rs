//! The host names that this server answers to.
//!
//! A foreign website can point a domain of its own at this machine and so read what is served here (DNS
//! rebinding). But it cannot forge the `Host` header, which has that domain; so only requests for the
//! server's own names are answered.
//!
//! With `localhost` and the addresses of this machine, which nobody can point elsewhere, any port is
//! accepted: an editor, a container or `ssh -L` may have forwarded it.

use std::net::{IpAddr, SocketAddr};

/// The names of one server.
#[derive(Debug, Clone)]
pub(super) struct Names {
    host: String,
    bound: SocketAddr,
    address: String,
}

impl Names {
    /// The names of a server that was asked to listen on `host` and listens on `bound`.
    pub(super) fn new(host: &str, bound: SocketAddr) -> Self {
        let host = host.to_ascii_lowercase();
        let shown = match bound.ip() {
            ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
            IpAddr::V6(ip) => format!("[{ip}]"),
            IpAddr::V4(ip) => ip.to_string(),
        };
        Self { address: format!("http://{shown}:{}", bound.port()), host, bound }
    }

    /// The address for a browser on this machine, without a slash at the end.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Whether a `Host` header names this server.
    pub(super) fn include(&self, host: &str) -> bool {
        let (name, port): (_, Option<u16>) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        let Some(port) = port else { return false };
        let name = name.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        let is_bound = port == self.bound.port();
        match name.parse::<IpAddr>() {
            // An IP address cannot be pointed elsewhere. If the server listens on all addresses of the
            // machine, any may be meant.
            Ok(ip) => {
                ip.is_loopback() || is_bound && (ip == self.bound.ip() || self.bound.ip().is_unspecified())
            }
            Err(_) => name == "localhost" || is_bound && name == self.host,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, bound: &str, fine: &[&str], foreign: &[&str]) {
        let names = Names::new(host, bound.parse().unwrap());
        for name in fine {
            assert!(names.include(name), "{name}");
        }
        for name in foreign {
            assert!(!names.include(name), "{name}");
        }
    }

    #[test]
    fn requests_for_other_hosts_are_refused() {
        check(
            "127.0.0.1",
            "127.0.0.1:1111",
            &[
                "127.0.0.1:1111",
                "localhost:1111",
                "LOCALHOST:1111",
                "[::1]:1111",
                "localhost:8000",
                "127.0.0.1:8000",
                "[::1]:8000",
                "localhost",
                "127.0.0.1",
            ],
            &[
                "evil.example:1111",
                "evil.example",
                "localhost.evil.example:8000",
                "127.0.0.1.evil.example:8000",
                "192.168.0.2:1111",
                "",
                ":1111",
                "localhost:x",
            ],
        );
        check("0.0.0.0", "0.0.0.0:1111", &["192.168.0.2:1111"], &["evil.example:1111"]);
        check(
            "mybox.lan",
            "192.168.0.2:80",
            &["mybox.lan", "192.168.0.2", "localhost:8000"],
            &["evil.example", "192.168.0.3", "mybox.lan:8000", "192.168.0.2:8000"],
        );
    }
}
