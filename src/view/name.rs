//! Whose name it is: that of a person, with its parts, or that of a body, which has none.
//!
//! A name does not say how it is made. So this follows the custom of its language, and leaves a name whole rather than
//! take it apart wrongly.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::base::fold::fold;

/// The name of a person in its parts, or one that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name<'a> {
    Person {
        given: &'a str,
        family: &'a str,
        suffix: &'a str,
        /// Whether the family's part stands first where the name is written as a whole.
        family_first: bool,
    },
    Literal(&'a str),
}

/// Words that only names of desks, agencies and the like have, without accents.
static BODIES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "
    the staff desk team agency press news newsroom editors editorial correspondents reporters board office bureau
    institute university ministry department association foundation committee council commission network
    redaktion presseagentur nachrichtenagentur agentur presse pressestelle institut universitat ministerium verlag verein
    redaction agence equipe universite ministere redaccion agencia equipo prensa instituto universidad ministerio
    redazione agenzia stampa istituto universita ministero redacao imprensa universidade redactie persbureau
    redaktionen redaksjonen nyhetsbyran byra toimitus szerkesztoseg iroda redactia agentia redakcja agencja redakce
    redakcia agentura agencija redakcija ajansi merkezi redaksi
    редакция редакція редакција агентство агенция агенція агенција служба бюро συντακτικη πρακτορειο
    هيئة وكالة أسرة التحرير قسم خبرگزاری تحریریه מערכת סוכנות संपादकीय ब्यूरो डेस्क 편집부 취재팀"
        .split_ascii_whitespace()
        .collect()
});

/// What the names of bodies end with in scripts without blanks.
const ENDS_OF_BODIES: [&str; 8] =
    ["編集部", "编辑部", "編輯部", "通信社", "通讯社", "新聞社", "取材班", "新华社"];

/// Words between the names of two people, and in what is said where nobody is known.
const NO_NAMES: [&str; 17] = [
    "и",
    "і",
    "og",
    "och",
    "és",
    "and",
    "und",
    "et",
    "oraz",
    "ve",
    "και",
    "و",
    "verf",
    "unbekannt",
    "unknown",
    "inconnu",
    "неизвестен",
];

/// Small words that belong to the family's name, also where they are written with a capital.
const PARTICLES: [&str; 20] = [
    "Al", "Ben", "Bin", "Da", "De", "Del", "Della", "Den", "Der", "Di", "Du", "El", "Ibn", "La", "Le", "Ten",
    "Ter", "Van", "Von", "Zu",
];

/// The same in Arabic and Hebrew. Nobody is called by one of them alone.
const PARTICLES_FROM_THE_RIGHT: [&str; 20] = [
    "بن", "ابن", "بنت", "بو", "أبو", "ابو", "أبي", "أبا", "أم", "آل", "ولد", "عبد", "ذو", "בן", "בר", "בת",
    "אבן", "אבו", "אל", "דה",
];

/// Words that are the second half of an Arabic name: `عبد الله`, `صلاح الدين`.
const SECOND_HALVES: [&str; 3] = ["الله", "الدين", "الإسلام"];

/// Words that join two names of one family: `Ortega y Gasset`, `Puig i Cadafalch`.
const JOINTS: [&str; 3] = ["y", "i", "e"];

const SUFFIXES: [&str; 12] =
    ["Jr.", "Jr", "Sr.", "Sr", "jr.", "sr.", "jun.", "sen.", "junior", "senior", "II", "III"];

/// Whether a name is that of a body: `Deutsche Presse-Agentur`, `La rédaction`.
pub(super) fn is_body(name: &str) -> bool {
    let folded = fold(name);
    let mut words = folded.split(|c: char| c.is_whitespace() || matches!(c, '.' | ','));
    words.any(|word| BODIES.contains(word)) || ENDS_OF_BODIES.iter().any(|end| name.ends_with(end))
}

impl<'a> Name<'a> {
    /// Takes a name apart, as a language has it: the last word is the family's, with the small words before it (`van`,
    /// `de la`); in Hungarian and Vietnamese the first. One word, a name in a script without spaces and that of a body
    /// are left whole.
    pub(super) fn of(name: &'a str, language: &str) -> Self {
        let name = name.trim();
        if let Some((family, given)) = name.split_once(", ").filter(|(_, given)| !given.contains(',')) {
            return Self::Person { given, family, suffix: "", family_first: false };
        }
        if is_whole(name) {
            return Self::Literal(name);
        }
        let short = language.split(['-', '_']).next().unwrap_or_default();
        let first = if matches!(short, "hu" | "vi") { behind_first(name) } else { before_initials(name) };
        if let Some(at) = first {
            return Self::Person {
                given: &name[at + 1..],
                family: &name[..at],
                suffix: "",
                family_first: true,
            };
        }
        let (rest, suffix) =
            name.rsplit_once(' ').filter(|(_, last)| SUFFIXES.contains(last)).unwrap_or((name, ""));
        match start_of_family(rest) {
            Some(at) => {
                let (given, family) = (rest[..at].trim_end(), &rest[at..]);
                Self::Person { given, family, suffix, family_first: false }
            }
            None => Self::Literal(name),
        }
    }

    pub(super) fn family(&self) -> &'a str {
        match self {
            Self::Person { family, .. } => family,
            Self::Literal(name) => name,
        }
    }

    /// The name as it is written in a line.
    pub(super) fn whole(&self) -> String {
        match self {
            Self::Person { given, family, family_first: true, .. } => [family, " ", given].concat(),
            Self::Person { given, family, suffix: "", .. } => [given, " ", family].concat(),
            Self::Person { given, family, suffix, .. } => [given, " ", family, " ", suffix].concat(),
            Self::Literal(name) => (*name).to_owned(),
        }
    }
}

/// Whether a name has no parts that could be told apart.
fn is_whole(name: &str) -> bool {
    let is_foreign = |c: char| {
        c.is_ascii_digit() || matches!(c, ',' | '&' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
    };
    let mut words = name.split(' ');
    let is_no_name = |word: &str| NO_NAMES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    // Johannes Paul II. has no family.
    let is_reign = |word: &str| {
        word.strip_suffix('.')
            .is_some_and(|number| number.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && number.len() > 1)
    };
    name.contains(is_foreign)
        || is_body(name)
        || name.split(' ').all(are_initials)
        || words.any(|word| is_no_name(word) || is_reign(word))
}

/// Where a family's name ends that stands first, perhaps behind a title: `Dr. Nagy László`.
fn behind_first(name: &str) -> Option<usize> {
    name.match_indices(' ').map(|(at, _)| at).find(|&at| !name[..at].ends_with('.'))
}

/// Where a family's name ends that stands before initials: `Толстой Л. Н.` A single one may as well stand for a family
/// that is not to be named: `Kenneth B.`
fn before_initials(name: &str) -> Option<usize> {
    let mut gaps = name.match_indices(' ').map(|(at, _)| at);
    let at = gaps.find(|&at| name[at + 1..].split(' ').all(are_initials))?;
    (name[at..].matches('.').count() > 1).then_some(at)
}

/// Whether a word is nothing but initials: `L.`, `Л.Н.`, `J.-P.`
fn are_initials(word: &str) -> bool {
    let is_letter = |piece: &str| piece.trim_start_matches('-').chars().count() == 1;
    word.strip_suffix('.').is_some_and(|word| word.split('.').all(is_letter))
}

/// Where the family's name begins, if there is another one before it.
fn start_of_family(name: &str) -> Option<usize> {
    let mut at = name.rfind(' ')?;
    if SECOND_HALVES.contains(&&name[at + 1..]) {
        at = name[..at].rfind(' ')?;
    }
    while let Some(before) = name[..at].rfind(' ') {
        let word = &name[before + 1..at];
        if JOINTS.contains(&word) {
            // The name before it is the family's, too.
            at = name[..before].rfind(' ')?;
        } else if is_small(word) || PARTICLES.contains(&word) || PARTICLES_FROM_THE_RIGHT.contains(&word) {
            at = before;
        } else {
            break;
        }
    }
    let (given, family) = (&name[..at], &name[at + 1..]);
    // `van Gogh` has no given name.
    let has_none = given.split(' ').all(is_small) && !family.rsplit(' ').next().is_some_and(is_small);
    let is_particle = PARTICLES_FROM_THE_RIGHT.contains(&given);
    (!has_none && !is_particle).then_some(at + 1)
}

fn is_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a name, the family's first, or the whole in braces.
    fn parts(name: &str, language: &str) -> String {
        match Name::of(name, language) {
            Name::Person { given, family, suffix: "", .. } => format!("{family}, {given}"),
            Name::Person { given, family, suffix, .. } => format!("{family}, {suffix}, {given}"),
            Name::Literal(name) => format!("{{{name}}}"),
        }
    }

    #[test]
    fn names_are_split() {
        let check = |name: &str, expected: &str| assert_eq!(parts(name, "en"), expected);
        check("Maren Saltby", "Saltby, Maren");
        check("Gabriel José de la Concordia", "de la Concordia, Gabriel José");
        check("Vincent Van Gogh", "Van Gogh, Vincent");
        check("Tahar Ben Jelloun", "Ben Jelloun, Tahar");
        check("Ben Bradlee", "Bradlee, Ben");
        check("van Gogh", "{van Gogh}");
        check("de la Cruz", "{de la Cruz}");
        check("bell hooks", "hooks, bell");
        check("Martin Luther King Jr.", "King, Jr., Martin Luther");
        check("Hans Müller jun.", "Müller, jun., Hans");
        check("Saltby, Maren", "Saltby, Maren");
        check("Plato", "{Plato}");
        check("Anna and Bert", "{Anna and Bert}");
        check("村上 春樹", "{村上 春樹}");
        check("Иван Петров", "Петров, Иван");
        check("José Ortega y Gasset", "Ortega y Gasset, José");
        check("Santiago Ramón y Cajal", "Ramón y Cajal, Santiago");
        check("Josep Puig i Cadafalch", "Puig i Cadafalch, Josep");
        check("Ramón y Cajal", "{Ramón y Cajal}");
        check("Puig i Cadafalch", "{Puig i Cadafalch}");
        check("Johannes Paul II.", "{Johannes Paul II.}");
        check("Толстой Л. Н.", "Толстой, Л. Н.");
        check("Tolstoi L.N.", "Tolstoi, L.N.");
        check("J. R. R. Tolkien", "Tolkien, J. R. R.");
        check("J.-P. Sartre", "Sartre, J.-P.");
        check("Kenneth B.", "B., Kenneth");
        check("B. P.", "{B. P.}");
        check("Verf. unbekannt", "{Verf. unbekannt}");
        check("Ayşe Yılmaz ve Mehmet Demir", "{Ayşe Yılmaz ve Mehmet Demir}");
        check("علی رضایی و مریم کاظمی", "{علی رضایی و مریم کاظمی}");
    }

    #[test]
    fn names_of_arabic_and_hebrew_are_split() {
        let check = |name: &str, expected: &str| assert_eq!(parts(name, "ar"), expected);
        check("نجيب محفوظ", "محفوظ, نجيب");
        check("محمد عبد الله", "عبد الله, محمد");
        check("عبد الله محمد", "محمد, عبد الله");
        check("عبد الله", "{عبد الله}");
        check("محمد بن سلمان", "بن سلمان, محمد");
        check("محمد بن سلمان آل سعود", "آل سعود, محمد بن سلمان");
        check("محمد بن عبد العزيز", "بن عبد العزيز, محمد");
        check("علي أبو ريشة", "أبو ريشة, علي");
        check("أبو ريشة", "{أبو ريشة}");
        check("محمد صلاح الدين", "صلاح الدين, محمد");
        check("דוד בן גוריון", "בן גוריון, דוד");
        check("בן גוריון", "{בן גוריון}");
        check("עמוס עוז", "עוז, עמוס");
    }

    #[test]
    fn in_some_languages_the_family_stands_first() {
        for (name, language, expected) in [
            ("Nagy László", "hu", "Nagy, László"),
            ("Nagy László", "hu-HU", "Nagy, László"),
            ("Dr. Nagy László", "hu", "Dr. Nagy, László"),
            ("Nguyễn Phú Trọng", "vi", "Nguyễn, Phú Trọng"),
            ("Nagy László", "de", "László, Nagy"),
        ] {
            assert_eq!(parts(name, language), expected);
            assert_eq!(Name::of(name, language).whole(), name);
        }
    }

    #[test]
    fn bodies_are_no_people() {
        for name in [
            "The Harbour Desk",
            "Deutsche Presse-Agentur",
            "Agence France-Presse",
            "La rédaction",
            "Polska Agencja Prasowa",
            "Anadolu Ajansı",
            "هيئة التحرير",
            "朝日新聞社",
            "本誌編集部",
        ] {
            assert!(is_body(name), "{name}");
            assert_eq!(parts(name, "en"), format!("{{{name}}}"));
        }
        for name in ["Maren Saltby", "Tim Desker", "Anna and Bert", "村上春樹", "Plato"] {
            assert!(!is_body(name), "{name}");
        }
    }
}
