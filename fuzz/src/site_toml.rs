//! Text as `site.toml`, as `theme.toml` and as a file of words.

use masthead::config;

use super::Lines;

/// Checks what is said of a text.
pub fn site_toml(text: &str) {
    let lines = Lines::of(text);
    let site = config::site(text, "site.toml");
    lines.hold_all(&site.diagnostics);
    assert!(site.value.is_some() || !site.diagnostics.is_empty(), "neither a site nor a reason");
    let theme = config::theme(text, "theme.toml", "mine", 1);
    lines.hold_all(&theme.diagnostics);
    assert!(theme.value.is_some() || !theme.diagnostics.is_empty(), "neither a theme nor a reason");
    lines.hold_all(&config::words(text, "en.toml").diagnostics);
}
