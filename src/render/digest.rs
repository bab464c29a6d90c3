//! A digest as HTML that mail programs show, and as plain text.
//!
//! Mail programs support no style sheets, few elements and no scripts. So everything is in tables, 600 pixels
//! wide, with the style on each element. There are no pictures, because most programs do not load them.

use crate::base::html::{escape_into, escape_text_into};
use crate::model::view::{DigestEntry, DigestGroup, DigestView};

const FONT: &str = "font-family:Georgia,'Times New Roman',serif";
const LABEL: &str = "font-family:Helvetica,Arial,sans-serif";

/// A digest as HTML.
pub fn digest_html(digest: &DigestView) -> String {
    let mut html = Html::default();
    html.raw("<!doctype html>\n<html lang=\"").attribute(&digest.lang).raw("\" dir=\"").raw(&digest.dir);
    html.raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    html.text(&digest.site).raw(" – ").text(&digest.days).raw("</title>\n</head>\n");
    html.raw("<body style=\"margin:0;padding:0;background:#f4f2ee\">\n");
    html.raw("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background:#f4f2ee\"><tr><td align=\"center\" style=\"padding:24px 12px\">\n");
    html.raw("<table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:600px;table-layout:fixed;word-break:break-word;background:#ffffff;border:1px solid #d8d4cc\">\n");
    html.raw(&format!("<tr><td style=\"padding:28px 28px 12px;{FONT}\"><h1 style=\"margin:0;font-size:28px;line-height:32px;color:#1a1a1a\">"));
    html.link(&digest.home, &digest.site, "color:#1a1a1a;text-decoration:none").raw("</h1>");
    html.raw(&format!("<p style=\"margin:6px 0 0;font-size:14px;line-height:20px;color:#595959;{LABEL}\">"));
    html.text(&digest.days).raw(" · ").text(&digest.count).raw("</p></td></tr>\n");
    for group in &digest.groups {
        html.group(group);
    }
    html.raw(&format!("<tr><td style=\"padding:16px 28px 28px;border-top:1px solid #d8d4cc;font-size:13px;line-height:20px;color:#595959;{LABEL}\">"));
    html.link(&digest.home, &digest.home, "color:#595959")
        .raw("</td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>\n");
    html.0
}

#[derive(Default)]
struct Html(String);

impl Html {
    fn raw(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        escape_text_into(&mut self.0, text);
        self
    }

    fn attribute(&mut self, value: &str) -> &mut Self {
        escape_into(&mut self.0, value);
        self
    }

    fn link(&mut self, address: &str, text: &str, style: &str) -> &mut Self {
        self.raw("<a href=\"")
            .attribute(address)
            .raw("\" style=\"")
            .raw(style)
            .raw("\">")
            .text(text)
            .raw("</a>")
    }

    fn group(&mut self, group: &DigestGroup) {
        self.raw(&format!("<tr><td style=\"padding:20px 28px 0;{LABEL}\"><h2 style=\"margin:0;padding-bottom:4px;border-bottom:2px solid #1a1a1a;font-size:14px;line-height:20px;color:#1a1a1a\">"));
        if group.url.is_empty() {
            self.text(&group.title);
        } else {
            self.link(&group.url, &group.title, "color:#1a1a1a;text-decoration:none");
        }
        self.raw("</h2></td></tr>\n");
        for entry in &group.entries {
            self.entry(entry);
        }
    }

    fn entry(&mut self, entry: &DigestEntry) {
        self.raw("<tr><td lang=\"").attribute(&entry.lang).raw("\" dir=\"").raw(&entry.dir);
        self.raw(&format!("\" style=\"padding:14px 28px 6px;{FONT}\"><h3 style=\"margin:0;font-size:20px;line-height:26px;color:#1a1a1a\">"));
        self.link(&entry.url, &entry.title, "color:#1a1a1a;text-decoration:underline").raw("</h3>");
        if !entry.summary.is_empty() {
            self.raw("<p style=\"margin:4px 0 0;font-size:16px;line-height:24px;color:#333333\">");
            self.text(&entry.summary).raw("</p>");
        }
        for (index, part) in entry.origin.iter().enumerate() {
            if index == 0 {
                self.raw(&format!(
                    "<p style=\"margin:4px 0 10px;font-size:13px;line-height:20px;color:#595959;{LABEL}\">"
                ));
            } else {
                self.raw(" · ");
            }
            self.raw("<bdi>").text(part).raw("</bdi>");
        }
        if !entry.origin.is_empty() {
            self.raw("</p>");
        }
        self.raw("</td></tr>\n");
    }
}

/// The longest line of a plain text (RFC 3676, 4.2).
const WIDTH: usize = 72;

/// A digest as plain text.
pub fn digest_text(digest: &DigestView) -> String {
    let mut text = format!("{}\n{}\n{} · {}\n", digest.site, digest.home, digest.days, digest.count);
    for group in &digest.groups {
        let line = "=".repeat(group.title.chars().count().min(WIDTH));
        text.extend(["\n\n", &group.title, "\n", &line, "\n"]);
        for entry in &group.entries {
            let origin = origin(entry, &digest.dir);
            let paragraphs = [&entry.title, &entry.summary, &origin];
            let filled = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty());
            text.push('\n');
            filled.for_each(|paragraph| wrap(&mut text, paragraph));
            text.extend([&entry.url, "\n"]);
        }
    }
    text
}

/// The outlet and the date. Where words run to the left, signs around each keep it in its own direction (Unicode
/// FSI and PDI); elsewhere, mail programs that show such signs as boxes are spared them.
fn origin(entry: &DigestEntry, dir: &str) -> String {
    if entry.dir != "rtl" && dir != "rtl" {
        return entry.origin.join(" · ");
    }
    let isolated: Vec<_> = entry.origin.iter().map(|part| format!("\u{2068}{part}\u{2069}")).collect();
    isolated.join(" · ")
}

fn wrap(out: &mut String, paragraph: &str) {
    let mut width = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        for c in word.chars() {
            // Chinese and Japanese have no blanks; an address stays whole.
            if width >= WIDTH && !c.is_ascii() {
                out.push('\n');
                width = 0;
            }
            out.push(c);
            width += 1;
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest() -> DigestView {
        let entry = |title: &str, summary: &str| DigestEntry {
            title: title.to_owned(),
            url: "https://e.example/a/?b=1&c".to_owned(),
            origin: vec!["Harbour Gazette".to_owned(), "5 March 2024".to_owned()],
            summary: summary.to_owned(),
            lang: "en".to_owned(),
            dir: "ltr".to_owned(),
        };
        DigestView {
            site: "The <Meridian>".to_owned(),
            home: "https://e.example/".to_owned(),
            days: "1 – 8 March 2024".to_owned(),
            count: "1 article".to_owned(),
            lang: "en".to_owned(),
            dir: "ltr".to_owned(),
            groups: vec![DigestGroup {
                title: "sea".to_owned(),
                url: String::new(),
                entries: vec![entry("Fog & \"bells\"", &"word ".repeat(20))],
            }],
        }
    }

    #[test]
    fn a_mail_has_inline_styles_only() {
        let html = digest_html(&digest());
        for absent in ["<style", "<link", "<script", "class=", "<Meridian", "src="] {
            assert!(!html.contains(absent), "{absent}");
        }
        assert!(
            html.contains("https://e.example/a/?b=1&amp;c") && html.contains("Fog &amp; \"bells\""),
            "{html}"
        );
    }

    #[test]
    fn outlet_and_date_keep_their_directions() {
        let mut digest = digest();
        assert!(digest_html(&digest).contains("><bdi>Harbour Gazette</bdi> · <bdi>5 March 2024</bdi></p>"));
        assert!(digest_text(&digest).contains("\nHarbour Gazette · 5 March 2024\n"));
        digest.dir = "rtl".to_owned();
        assert!(
            digest_text(&digest)
                .contains("\n\u{2068}Harbour Gazette\u{2069} · \u{2068}5 March 2024\u{2069}\n")
        );
        digest.groups[0].entries[0].origin.clear();
        assert!(!digest_html(&digest).contains("bdi"));
    }

    #[test]
    fn plain_text_has_short_lines() {
        let mut digest = digest();
        digest.groups[0].entries[0].origin = vec!["新聞記事。".repeat(50)];
        let text = digest_text(&digest);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.contains("\nsea\n===\n\nFog & \"bells\"\nword word"), "{text}");
    }
}
