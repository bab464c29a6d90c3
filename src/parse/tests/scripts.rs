//! What the script of a text decides: quotes, and what a line break means.

use super::article;
use crate::model::article::Document;

/// The HTML and the summary of a paragraph in a language.
fn parsed(language: &str, text: &str) -> (String, String) {
    let parsed = article(&format!("---\ntitle: A\nlang: {language}\n---\n\n{text}\n"));
    let Some(Document::Article(meta, body)) = parsed.document else { panic!("{text}") };
    let html = body.html.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned();
    (html, meta.summary)
}

#[test]
fn single_quotes_between_letters_are_quotes_where_words_stand_side_by_side() {
    for (language, text, expected) in [
        ("ja", "彼は'はい'と言った。", "彼は「はい」と言った。"),
        ("ja", "彼は\"彼女は'はい'と\"言った。", "彼は「彼女は『はい』と」言った。"),
        ("ja", "彼は'yes'と、it's も", "彼は「yes」と、it’s も"),
        ("ja", "'はい'。'いいえ'", "「はい」。「いいえ」"),
        ("zh", "他说'好'了", "他说‘好’了"),
        ("zh", "他说\"她说'好'了\"", "他说“她说‘好’了”"),
        ("zh-TW", "他說'好'了", "他說「好」了"),
        ("th", "เขาพูดว่า'ใช่'แล้ว", "เขาพูดว่า‘ใช่’แล้ว"),
        ("he", "ג'ירפה", "ג’ירפה"),
        ("sr", "рекао је \"да\"", "рекао је „да“"),
    ] {
        assert_eq!(parsed(language, text).0, expected, "{language}");
    }
}

#[test]
fn a_line_break_between_wide_characters_is_no_blank() {
    for (text, html, summary) in [
        ("東京は\n日本の首都。", "東京は日本の首都。", "東京は日本の首都。"),
        ("首都。\n「東京」", "首都。「東京」", "首都。「東京」"),
        ("**東京**は\n*日本*の", "<strong>東京</strong>は<em>日本</em>の", "東京は日本の"),
        ("ｱｲ\nｳ", "ｱｲｳ", "ｱｲｳ"),
        ("東京 Tower\n東京", "東京 Tower\n東京", "東京 Tower 東京"),
        ("東京\nTower", "東京\nTower", "東京 Tower"),
        ("한국어\n문장", "한국어\n문장", "한국어 문장"),
        ("東京  \n日本", "東京<br>\n日本", "東京 日本"),
    ] {
        assert_eq!(parsed("ja", text), (html.to_owned(), summary.to_owned()), "{text}");
    }
}
