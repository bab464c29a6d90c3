//! The Markdown of one article, block by block. It knows no front matter and no other article but those it is
//! given to link to.

use super::random::Random;
use super::world::{World, capitalized};

/// How many words articles have: every sixteenth article is between two neighbours of these.
const LENGTHS: &[usize] =
    &[120, 180, 240, 290, 340, 390, 440, 490, 540, 600, 670, 760, 880, 1_050, 1_350, 1_800, 2_800];

/// What the text of an article may lead to.
pub(crate) struct Goals {
    /// Other articles: title and path from here.
    pub(crate) articles: Vec<(String, String)>,
    /// A picture of the site.
    pub(crate) picture: String,
}

/// Writes the text of an article.
pub(crate) fn body(world: &World, random: &mut Random, goals: Goals) -> String {
    let mut text = Text { world, random, out: String::with_capacity(8 * 1024), footnotes: 0, goals };
    let length = text.random.below(LENGTHS.len() - 1);
    let mut left = text.random.between(LENGTHS[length], LENGTHS[length + 1]);
    text.paragraph();
    while left > 0 {
        text.section();
        left = left.saturating_sub(text.random.between(130, 230));
    }
    text.notes();
    text.out
}

struct Text<'a> {
    world: &'a World,
    random: &'a mut Random,
    out: String,
    /// How many footnotes the text refers to so far.
    footnotes: usize,
    goals: Goals,
}

impl Text<'_> {
    /// A heading, a few paragraphs, and now and then something else.
    fn section(&mut self) {
        let level = if self.random.chance(75) { "##" } else { "###" };
        let heading = self.phrase(2, 6);
        self.block(&format!("{level} {}", capitalized(&heading)));
        for _ in 0..self.random.between(1, 3) {
            self.paragraph();
        }
        match self.random.below(100) {
            0..25 => self.list(),
            25..40 => self.quote(),
            40..47 => self.figure(),
            47..53 => self.table(),
            53..56 => self.code(),
            _ => {}
        }
    }

    fn block(&mut self, text: &str) {
        self.add(text);
        self.add("\n\n");
    }

    fn paragraph(&mut self) {
        let sentences: Vec<String> = (0..self.random.between(2, 6)).map(|_| self.sentence()).collect();
        self.add(&sentences.join(" "));
        if self.random.chance(30) {
            self.link();
        }
        if self.random.chance(5) {
            self.footnotes += 1;
            let note = self.footnotes;
            self.add(&format!("[^{note}]"));
        }
        self.add("\n\n");
    }

    fn add(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A sentence that leads to another article, or out of the site once those are used up.
    fn link(&mut self) {
        if let Some((title, path)) = self.goals.articles.pop() {
            self.add(&format!(" See [{title}]({path})."));
        } else {
            let (host, words) = (self.world.long_word(self.random), self.phrase(2, 4));
            self.add(&format!(" More from [{words}](https://{host}.example/{})", words.replace(' ', "-")));
            self.out.push('.');
        }
    }

    /// A few words in a row.
    fn phrase(&mut self, least: usize, most: usize) -> String {
        let words: Vec<&str> =
            (0..self.random.between(least, most)).map(|_| self.world.long_word(self.random)).collect();
        words.join(" ")
    }

    fn sentence(&mut self) -> String {
        let count = self.random.between(5, 24);
        let comma = self.random.between(3, 30);
        let mut sentence = capitalized(self.world.word(self.random));
        for place in 1..count {
            let word = self.world.word(self.random);
            let space = if place == comma { ", " } else { " " };
            let mark = match self.random.below(250) {
                0..3 => "*",
                3..5 => "**",
                5 => "`",
                _ => "",
            };
            sentence.extend([space, mark, word, mark]);
        }
        sentence.push_str(if self.random.chance(4) { "?" } else { "." });
        sentence
    }

    fn list(&mut self) {
        let ordered = self.random.chance(30);
        for number in 1..=self.random.between(3, 7) {
            let item = self.phrase(3, 9);
            if ordered {
                self.add(&format!("{number}. {item}\n"));
            } else {
                self.add(&format!("- {item}\n"));
            }
        }
        self.add("\n");
    }

    fn quote(&mut self) {
        let (said, more, who) = (self.sentence(), self.sentence(), self.phrase(2, 2));
        self.block(&format!("> \"{said} {more}\"\n>\n> — {who}"));
    }

    fn figure(&mut self) {
        let (alt, caption) = (self.phrase(3, 7), self.sentence());
        let picture = self.goals.picture.clone();
        self.block(&format!("![{alt}]({picture} \"{}\")", caption.replace('`', "")));
    }

    fn table(&mut self) {
        let columns = self.random.between(3, 5);
        let heads: Vec<String> = (0..columns).map(|_| self.phrase(1, 2)).collect();
        self.add(&format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(columns)));
        for _ in 0..self.random.between(3, 9) {
            let name = self.phrase(1, 2);
            let numbers: Vec<String> = (1..columns).map(|_| self.random.below(100_000).to_string()).collect();
            self.add(&format!("| {name} | {} |\n", numbers.join(" | ")));
        }
        self.add("\n");
    }

    fn code(&mut self) {
        let (name, list) = (self.phrase(1, 1), self.phrase(1, 1));
        self.add(&format!("```python\ndef {name}({list}):\n    total = 0\n"));
        for _ in 0..self.random.between(2, 8) {
            let (what, number) = (self.phrase(1, 1), self.random.below(1_000));
            self.add(&format!("    total += {list}[\"{what}\"] * {number}\n"));
        }
        self.block("    return total\n```");
    }

    /// What the footnotes say.
    fn notes(&mut self) {
        for note in 1..=self.footnotes {
            let says = self.sentence();
            self.block(&format!("[^{note}]: {says}"));
        }
    }
}
