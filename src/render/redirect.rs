//! Pages that no theme need know of: at an old address, for hosts that cannot redirect by themselves, and in
//! the place of what was withdrawn.

use crate::base::html::escape;
use crate::model::view::{PageView, WithdrawnView};

/// Appends a page that leads to an address, which is also given as a whole.
///
/// The refresh works without JavaScript, and search engines take an immediate one for a permanent redirect. It stays on
/// the host, which is another one while a site is being written.
pub(super) fn page(to: &str, whole: &str, language: &str, out: &mut Vec<u8>) {
    let [to, whole, language] = [to, whole, language].map(escape);
    let html = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{whole}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{whole}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={to}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<p><a href=\"{to}\">{whole}</a></p>\n</html>\n"
    );
    out.extend_from_slice(html.as_bytes());
}

/// Appends the page in the place of a withdrawn article, for themes that have no template for it.
pub(super) fn gone(page: &PageView, withdrawn: &WithdrawnView, out: &mut Vec<u8>) {
    let (title, language) = (escape(&page.title), escape(&page.lang));
    let date = withdrawn.date.as_ref().map_or("", |date| date.text.as_str());
    let (date, reason) = (escape(date), escape(&withdrawn.reason));
    let html = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <h1>{title}</h1>\n<p>{date}</p>\n<p>{reason}</p>\n</html>\n"
    );
    out.extend_from_slice(html.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn an_address_cannot_break_out() {
        let mut out = Vec::new();
        page("/\"><script>'&", "https://a.example/\"><script>'&", "en", &mut out);
        let html = String::from_utf8(out).unwrap();
        assert!(!html.contains("<script>") && html.contains("&quot;&gt;&lt;script&gt;&#39;&amp;"), "{html}");
    }
}
