//! The few words that Masthead adds to a text, in the language of the text.
//!
//! They are part of the parsed body, so that no theme has to bring them. A site or a theme that has words of its own for
//! them, or for a language that is missing here, says them in its `i18n/` by these keys.

use std::collections::BTreeMap;

use super::language::Language;

/// The keys of these words: the titles of alerts, a table that can be scrolled, the footnotes as a whole, the link from a
/// footnote to the text.
pub const KEYS: [&str; 8] = [
    "alert-note",
    "alert-tip",
    "alert-important",
    "alert-warning",
    "alert-caution",
    "table",
    "footnotes",
    "back_to_text",
];

/// What stands in HTML before and behind an English word in a text of another language.
pub const ENGLISH_MARK: (&str, &str) = ("<bdi lang=\"en\" dir=\"ltr\">", "</bdi>");

/// Words of a site or theme in the place of these, by language and key.
pub type OwnLabels = BTreeMap<String, BTreeMap<String, String>>;

/// The words in one language, in the order of [`KEYS`].
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    words: [&'a str; KEYS.len()],
    language: &'a Language,
}

impl<'a> Labels<'a> {
    /// The words of a language. Missing ones come from the language without its region, then from English.
    pub fn of(language: &'a Language, own: &'a OwnLabels) -> Self {
        let mut words = built_in(language).copied().unwrap_or(ENGLISH);
        for tag in language.lookup().collect::<Vec<_>>().into_iter().rev() {
            let Some(own) = own.get(tag) else { continue };
            for (word, key) in words.iter_mut().zip(KEYS) {
                if let Some(own) = own.get(key) {
                    *word = own;
                }
            }
        }
        Self { words, language }
    }

    /// The title of an alert, by its number: note, tip, important, warning, caution.
    pub fn alert(&self, number: usize) -> &'a str {
        self.words.get(number).copied().unwrap_or_default()
    }

    /// Whether one of these is English in a text of another language.
    pub fn is_english(&self, label: &str) -> bool {
        missing(self.language).any(|(_, english)| english == label)
    }

    /// A table that can be scrolled.
    pub fn table(&self) -> &'a str {
        self.words[5]
    }

    /// The footnotes as a whole.
    pub fn footnotes(&self) -> &'a str {
        self.words[6]
    }

    /// The link from a footnote to the text.
    pub fn back(&self) -> &'a str {
        self.words[7]
    }

    /// The arrow of that link, which turns back against the direction of the text.
    pub fn arrow(&self) -> &'static str {
        if self.language.direction() == "rtl" { "↪" } else { "↩" }
    }
}

/// The words that are English in a text of a language, by key, unless a site or theme has some of its own.
pub fn missing(language: &Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    let has_none = built_in(language).is_none() && language.primary() != "en";
    KEYS.into_iter().zip(ENGLISH).filter(move |_| has_none)
}

fn built_in(language: &Language) -> Option<&'static [&'static str; KEYS.len()]> {
    LABELS.iter().find(|(tag, _)| *tag == language.primary()).map(|(_, words)| words)
}

const ENGLISH: [&str; KEYS.len()] =
    ["Note", "Tip", "Important", "Warning", "Caution", "Table", "Footnotes", "Back to the text"];

#[rustfmt::skip]
const LABELS: &[(&str, [&str; KEYS.len()])] = &[
    ("ar", ["ملاحظة", "نصيحة", "مهم", "تحذير", "تنبيه", "جدول", "الحواشي", "العودة إلى النص"]),
    ("cs", ["Poznámka", "Tip", "Důležité", "Varování", "Pozor", "Tabulka", "Poznámky pod čarou", "Zpět k textu"]),
    ("de", ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht", "Tabelle", "Fußnoten", "Zurück zum Text"]),
    ("es", ["Nota", "Consejo", "Importante", "Advertencia", "Precaución", "Tabla", "Notas", "Volver al texto"]),
    ("fr", ["Remarque", "Conseil", "Important", "Avertissement", "Attention", "Tableau", "Notes", "Retour au texte"]),
    ("it", ["Nota", "Suggerimento", "Importante", "Avvertenza", "Attenzione", "Tabella", "Note", "Torna al testo"]),
    ("ja", ["メモ", "ヒント", "重要", "警告", "注意", "表", "脚注", "本文に戻る"]),
    ("nl", ["Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op", "Tabel", "Voetnoten", "Terug naar de tekst"]),
    ("pl", ["Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Ostrożnie", "Tabela", "Przypisy", "Powrót do tekstu"]),
    ("pt", ["Nota", "Dica", "Importante", "Aviso", "Cuidado", "Tabela", "Notas de rodapé", "Voltar ao texto"]),
    ("ru", ["Примечание", "Совет", "Важно", "Предупреждение", "Осторожно", "Таблица", "Сноски", "Вернуться к тексту"]),
    ("sv", ["Observera", "Tips", "Viktigt", "Varning", "Försiktigt", "Tabell", "Fotnoter", "Tillbaka till texten"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        tag.parse().unwrap()
    }

    #[test]
    fn languages_are_found_by_their_tag() {
        for (tag, table) in [("de-AT", "Tabelle"), ("DE", "Tabelle"), ("tlh", "Table")] {
            assert_eq!(Labels::of(&language(tag), &OwnLabels::new()).table(), table);
        }
    }

    #[test]
    fn own_words_come_first() {
        let words = |words: &[(&str, &str)]| {
            words.iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned())).collect()
        };
        let own = OwnLabels::from([
            ("ko".to_owned(), words(&[("alert-note", "참고"), ("footnotes", "각주")])),
            ("de".to_owned(), words(&[("table", "Übersicht"), ("footnotes", "Noten")])),
            ("de-CH".to_owned(), words(&[("footnotes", "Anmerkungen")])),
        ]);
        let seen = |tag: &str| {
            let language = language(tag);
            let labels = Labels::of(&language, &own);
            [labels.alert(0), labels.table(), labels.footnotes()].join(" ")
        };
        assert_eq!(seen("ko"), "참고 Table 각주");
        let (ko, en) = (language("ko"), language("en"));
        let is_english = |language, label| Labels::of(language, &own).is_english(label);
        assert_eq!(
            [is_english(&ko, "Table"), is_english(&ko, "참고"), is_english(&en, "Table")],
            [true, false, false]
        );
        assert_eq!(seen("de"), "Hinweis Übersicht Noten");
        assert_eq!(seen("de-CH"), "Hinweis Übersicht Anmerkungen");
    }
}
