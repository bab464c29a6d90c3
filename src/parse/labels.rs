//! The few words that Masthead adds to a text, in the language of the text.
//!
//! They are part of the parsed body and so cannot come from a theme. For a language that is missing here they
//! are English.

use crate::base::language::Language;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Labels {
    /// The titles of alerts: note, tip, important, warning, caution.
    pub(super) alerts: [&'static str; 5],
    /// A table that can be scrolled.
    pub(super) table: &'static str,
    /// The footnotes as a whole.
    pub(super) footnotes: &'static str,
    /// The link from a footnote to the text.
    pub(super) back: &'static str,
}

/// The words of a language.
pub(super) fn of(language: &Language) -> &'static Labels {
    LABELS.iter().find(|(tag, _)| *tag == language.primary()).map_or(&ENGLISH, |(_, labels)| labels)
}

const ENGLISH: Labels = Labels {
    alerts: ["Note", "Tip", "Important", "Warning", "Caution"],
    table: "Table",
    footnotes: "Footnotes",
    back: "Back to the text",
};

const LABELS: &[(&str, Labels)] = &[
    (
        "ar",
        Labels {
            alerts: ["ملاحظة", "نصيحة", "مهم", "تحذير", "تنبيه"],
            table: "جدول",
            footnotes: "الحواشي",
            back: "العودة إلى النص",
        },
    ),
    (
        "cs",
        Labels {
            alerts: ["Poznámka", "Tip", "Důležité", "Varování", "Pozor"],
            table: "Tabulka",
            footnotes: "Poznámky pod čarou",
            back: "Zpět k textu",
        },
    ),
    (
        "de",
        Labels {
            alerts: ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"],
            table: "Tabelle",
            footnotes: "Fußnoten",
            back: "Zurück zum Text",
        },
    ),
    (
        "es",
        Labels {
            alerts: ["Nota", "Consejo", "Importante", "Advertencia", "Precaución"],
            table: "Tabla",
            footnotes: "Notas",
            back: "Volver al texto",
        },
    ),
    (
        "fr",
        Labels {
            alerts: ["Remarque", "Conseil", "Important", "Avertissement", "Attention"],
            table: "Tableau",
            footnotes: "Notes",
            back: "Retour au texte",
        },
    ),
    (
        "it",
        Labels {
            alerts: ["Nota", "Suggerimento", "Importante", "Avvertenza", "Attenzione"],
            table: "Tabella",
            footnotes: "Note",
            back: "Torna al testo",
        },
    ),
    (
        "ja",
        Labels {
            alerts: ["メモ", "ヒント", "重要", "警告", "注意"],
            table: "表",
            footnotes: "脚注",
            back: "本文に戻る",
        },
    ),
    (
        "nl",
        Labels {
            alerts: ["Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op"],
            table: "Tabel",
            footnotes: "Voetnoten",
            back: "Terug naar de tekst",
        },
    ),
    (
        "pl",
        Labels {
            alerts: ["Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Ostrożnie"],
            table: "Tabela",
            footnotes: "Przypisy",
            back: "Powrót do tekstu",
        },
    ),
    (
        "pt",
        Labels {
            alerts: ["Nota", "Dica", "Importante", "Aviso", "Cuidado"],
            table: "Tabela",
            footnotes: "Notas de rodapé",
            back: "Voltar ao texto",
        },
    ),
    (
        "ru",
        Labels {
            alerts: ["Примечание", "Совет", "Важно", "Предупреждение", "Осторожно"],
            table: "Таблица",
            footnotes: "Сноски",
            back: "Вернуться к тексту",
        },
    ),
    (
        "sv",
        Labels {
            alerts: ["Observera", "Tips", "Viktigt", "Varning", "Försiktigt"],
            table: "Tabell",
            footnotes: "Fotnoter",
            back: "Tillbaka till texten",
        },
    ),
];

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn languages_are_found_by_their_tag() {
        for (tag, table) in [("de-AT", "Tabelle"), ("DE", "Tabelle"), ("tlh", "Table")] {
            assert_eq!(of(&tag.parse().unwrap()).table, table);
        }
    }
}
