//! Highlights code with short classes, for which one style sheet has light and dark colours. The owner of the
//! crates `syntect` and `two_face`.
//!
//! The syntaxes are loaded for the first code block with a known language, so a site without code never loads
//! them.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::base::html::escape_text_into;

/// Longer code is not highlighted: some syntaxes are slow on long lines.
const LONGEST: usize = 100_000;
const LONGEST_LINE: usize = 2_000;

/// Appends highlighted code. Returns `false`, and appends nothing, if the language is unknown.
pub(super) fn highlight(out: &mut String, code: &str, language: &str) -> bool {
    if code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return false;
    }
    let Some(syntax) = syntax(language) else { return false };
    let before = out.len();
    let done = lines(out, code, syntax).is_some();
    if !done {
        out.truncate(before);
    }
    done
}

fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language.to_ascii_lowercase().as_str() {
        "" | "text" | "txt" | "plain" | "plaintext" | "none" => return None,
        "shell" | "console" | "zsh" | "shell-session" => "bash".to_owned(),
        "jsonc" | "json5" => "json".to_owned(),
        "golang" => "go".to_owned(),
        "docker" => "dockerfile".to_owned(),
        "yml" => "yaml".to_owned(),
        "c#" | "csharp" => "cs".to_owned(),
        "make" => "makefile".to_owned(),
        // As a file's ending it would mean the dialect of a tool.
        "js" | "mjs" | "cjs" => "javascript".to_owned(),
        other => other.to_owned(),
    };
    syntaxes().find_syntax_by_token(&name).filter(|syntax| syntax.name != "Plain Text")
}

fn lines(out: &mut String, code: &str, syntax: &SyntaxReference) -> Option<()> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans = Spans { out, open: None, blanks: String::new() };
    for line in code.split_inclusive('\n') {
        let operations = state.parse_line(line, syntaxes()).ok()?;
        let mut done = 0;
        for (at, operation) in operations {
            // Several operations at one place are common; only the last one counts.
            if at > done {
                spans.text(&line[done..at], class_of(&stack));
                done = at;
            }
            stack.apply(&operation).ok()?;
        }
        spans.text(&line[done..], class_of(&stack));
    }
    spans.close();
    Some(())
}

/// Writes text so that neighbours of one class share a span.
struct Spans<'o> {
    out: &'o mut String,
    open: Option<&'static str>,
    /// Blanks without a class, which go into the span only if it continues behind them.
    blanks: String,
}

impl Spans<'_> {
    fn text(&mut self, text: &str, class: Option<&'static str>) {
        let is_blank = text.trim().is_empty();
        if is_blank && (class.is_none() || text.ends_with('\n')) {
            self.blanks.push_str(text);
            return;
        }
        if class != self.open || self.blanks.contains('\n') {
            self.close();
            if let Some(class) = class {
                self.out.push_str("<span class=\"");
                self.out.push_str(class);
                self.out.push_str("\">");
            }
            self.open = class;
        }
        self.out.push_str(&self.blanks);
        self.blanks.clear();
        // Comments take their line end along, which looks odd within a span.
        let line = text.trim_end_matches('\n');
        escape_text_into(self.out, line);
        self.blanks.push_str(&text[line.len()..]);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str("</span>");
        }
        self.out.push_str(&self.blanks);
        self.blanks.clear();
    }
}

/// Which scopes have which class; the first that fits counts.
const CLASSES: &[(&str, Option<&str>)] = &[
    ("comment", Some("hl-c")),
    ("string.regexp", Some("hl-r")),
    ("constant.character.escape", Some("hl-e")),
    ("constant.other.placeholder", Some("hl-e")),
    ("punctuation.definition.string", Some("hl-s")),
    // What is put into a text is code again.
    ("meta.interpolation", None),
    ("source.shell.embedded", None),
    ("string.unquoted", None),
    ("string", Some("hl-s")),
    ("constant.numeric", Some("hl-n")),
    ("constant", Some("hl-l")),
    ("keyword.operator.word", Some("hl-k")),
    ("keyword.operator", Some("hl-o")),
    ("keyword", Some("hl-k")),
    ("storage.type.function", Some("hl-k")),
    ("storage", Some("hl-k")),
    ("entity.name.tag", Some("hl-g")),
    ("entity.other.attribute-name", Some("hl-a")),
    ("entity.name.function", Some("hl-f")),
    ("support.function", Some("hl-f")),
    ("variable.function", Some("hl-f")),
    ("entity.name", Some("hl-t")),
    ("entity.other.inherited-class", Some("hl-t")),
    ("support.type.property-name", Some("hl-a")),
    ("support.macro", Some("hl-f")),
    ("support.type", Some("hl-t")),
    ("support.class", Some("hl-t")),
    ("support.constant", Some("hl-l")),
    ("meta.mapping.key", Some("hl-a")),
    ("variable.parameter", Some("hl-v")),
    ("variable.language", Some("hl-k")),
    ("variable", Some("hl-v")),
    ("markup.heading", Some("hl-k")),
    ("markup.inserted", Some("hl-i")),
    ("markup.deleted", Some("hl-d")),
    ("markup.raw", Some("hl-s")),
    ("meta.diff.header", Some("hl-c")),
];

/// The class of what is being read: the innermost scope that has one.
fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    static SCOPES: OnceLock<Vec<(Scope, Option<&'static str>)>> = OnceLock::new();
    let scopes = SCOPES.get_or_init(|| {
        CLASSES.iter().filter_map(|&(name, class)| Some((Scope::new(name).ok()?, class))).collect()
    });
    let class = |scope: &Scope| {
        scopes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|&(_, class)| class)
    };
    stack.as_slice().iter().rev().find_map(class).flatten()
}

#[cfg(test)]
mod tests {
    use super::highlight;

    fn check(language: &str, code: &str, expected: &str) {
        let mut out = String::new();
        let known = highlight(&mut out, code, language);
        assert_eq!(if known { out.as_str() } else { "plain" }, expected);
    }

    #[test]
    fn code_gets_classes() {
        check(
            "rust",
            "let a = 1; // <b>\n",
            "<span class=\"hl-k\">let</span> a <span class=\"hl-o\">=</span> <span class=\"hl-n\">1</span>; <span class=\"hl-c\">// &lt;b&gt;</span>\n",
        );
        check(
            "python",
            "def f(x):\n    return \"a\"\n",
            "<span class=\"hl-k\">def</span> <span class=\"hl-f\">f</span>(<span class=\"hl-v\">x</span>):\n    <span class=\"hl-k\">return</span> <span class=\"hl-s\">\"a\"</span>\n",
        );
        check(
            "json",
            "{\"a\": true}",
            "{<span class=\"hl-s\">\"a\"</span>: <span class=\"hl-l\">true</span>}",
        );
        check("nonsense", "x", "plain");
        check("", "x", "plain");
    }
}
