//! The arguments of a component: `{src="map.jpg" columns=3 wide}`.
//!
//! Only their form is read here. The theme says which arguments a component takes, and of which type.

use std::ops::Range;

/// An argument as it is written; ranges are bytes of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) name: Range<usize>,
    /// The value without its quotes; `None` for a name alone.
    pub(super) value: Option<(String, Range<usize>)>,
}

/// The most arguments of a component.
const MOST: usize = 64;

/// What is wrong, and where.
pub(super) type Fault = (Range<usize>, String);

/// Reads the arguments in the braces at `range`. An empty range means no arguments.
pub(super) fn read(source: &str, range: Range<usize>) -> Result<Vec<Argument>, Fault> {
    let mut reader = Reader { text: &source[..range.end], at: range.start };
    let mut arguments: Vec<Argument> = Vec::new();
    if range.is_empty() {
        return Ok(arguments);
    }
    reader.at += 1;
    loop {
        reader.blanks();
        match reader.next() {
            None => return Err((range, "the braces are not closed".to_owned())),
            Some('}') => break,
            Some(_) => {}
        }
        let argument = reader.argument()?;
        if arguments.len() == MOST {
            return Err((argument.name, format!("there are more than {MOST} arguments")));
        }
        let name = &source[argument.name.clone()];
        if arguments.iter().any(|other| source[other.name.clone()] == *name) {
            return Err((argument.name.clone(), format!("the argument `{name}` is given twice")));
        }
        arguments.push(argument);
    }
    if reader.at + 1 < range.end {
        return Err((reader.at + 1..range.end, "there is text after the braces".to_owned()));
    }
    Ok(arguments)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn next(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn blanks(&mut self) {
        self.while_(|c| c == ' ' || c == '\t');
    }

    fn while_(&mut self, is_fine: impl Fn(char) -> bool) -> Range<usize> {
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !is_fine(c)).unwrap_or(rest.len());
        self.at += length;
        self.at - length..self.at
    }

    /// The range of the next character.
    fn here(&self) -> Range<usize> {
        self.at..self.at + self.next().map_or(0, char::len_utf8)
    }

    fn argument(&mut self) -> Result<Argument, Fault> {
        let name = self.while_(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        if name.is_empty() {
            let sign = self.next().unwrap_or(' ');
            return Err((
                self.here(),
                format!("`{sign}` cannot stand where the name of an argument is expected"),
            ));
        }
        self.blanks();
        if self.next() != Some('=') {
            return Ok(Argument { name, value: None });
        }
        self.at += 1;
        self.blanks();
        let value = match self.next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote)?,
            Some('“' | '”' | '„' | '‘' | '’' | '«' | '»') => {
                return Err((self.here(), "a value must be in straight quotes: `\"`".to_owned()));
            }
            _ => self.bare(&name)?,
        };
        Ok(Argument { name, value: Some(value) })
    }

    fn bare(&mut self, name: &Range<usize>) -> Result<(String, Range<usize>), Fault> {
        let range = self.while_(|c| !c.is_whitespace() && !matches!(c, '}' | '{' | '"' | '\'' | '='));
        if range.is_empty() {
            let name_text = &self.text[name.clone()];
            return Err((name.clone(), format!("the argument `{name_text}` has no value after its `=`")));
        }
        Ok((self.text[range.clone()].to_owned(), range))
    }

    /// Reads a quoted value, in which quotes and backslashes are escaped by a backslash.
    fn quoted(&mut self, quote: char) -> Result<(String, Range<usize>), Fault> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        let mut value = String::new();
        while let Some(c) = self.next() {
            self.at += c.len_utf8();
            match (c, self.next()) {
                ('\\', Some(escaped @ ('\\' | '"' | '\''))) => {
                    self.at += escaped.len_utf8();
                    value.push(escaped);
                }
                (c, _) if c == quote => return Ok((value, start..self.at - 1)),
                (c, _) => value.push(c),
            }
        }
        Err((open..self.at, "the quotes are not closed".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn check(text: &str, expected: &str) {
        let seen = match read(text, 0..text.len()) {
            Err((range, message)) => format!("{range:?} {message}"),
            Ok(arguments) => arguments
                .iter()
                .map(|argument| {
                    let name = &text[argument.name.clone()];
                    argument.value.as_ref().map_or(name.to_owned(), |(value, range)| {
                        format!("{name}=[{value}]{}", &text[range.clone()])
                    })
                })
                .collect::<Vec<_>>()
                .join(" "),
        };
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn arguments_are_read() {
        check("", "");
        check("{}", "");
        check("{ wide }", "wide");
        check("{a=\"b c\" d='e' f=3 g_h = x.jpg}", "a=[b c]b c d=[e]e f=[3]3 g_h=[x.jpg]x.jpg");
        check("{a=\"}\"}", "a=[}]}");
        check(r#"{a="say \"x\" \ y"}"#, r#"a=[say "x" \ y]say \"x\" \ y"#);
        check("{a=\"\"}", "a=[]");
    }

    #[test]
    fn errors_are_located() {
        check("{a", "0..2 the braces are not closed");
        check("{a=\"b}", "3..6 the quotes are not closed");
        check("{a=}", "1..2 the argument `a` has no value after its `=`");
        check("{=b}", "1..2 `=` cannot stand where the name of an argument is expected");
        check("{a=1 a=2}", "5..6 the argument `a` is given twice");
        check("{a=“b”}", "3..6 a value must be in straight quotes: `\"`");
        check("{a} b", "3..5 there is text after the braces");
    }
}
