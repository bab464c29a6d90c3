//! What YAML 1.1 takes for more than text.

/// What a word means as a truth value (<https://yaml.org/type/bool.html>). YAML 1.2 has only `true` and `false`, but
/// people go on writing the others.
pub fn truth(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "on" => Some(true),
        "false" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}
