//! One article: where it lies, its front matter and its text. It depends on the seed, its number and how many
//! there are, and on no other article; so any of them can be made alone, and all on many cores.

use masthead::base::date::{Date, Moment, Zone};

use super::picture;
use super::random::Random;
use super::text::{self, Goals};
use super::world::{World, capitalized};

/// The dates begin with 2015, in seconds since 1970, and go over ten years.
const START: usize = 1_420_070_400;
const SPAN: usize = 315_619_200;

/// What makes the parts of an article independent of each other.
const HEAD: u64 = 1;
const REST: u64 = 2;

/// How far back most links lead, in articles.
const RECENT: usize = 300;

/// What other articles need to know of one.
struct Head {
    date: Date,
    iso: String,
    title: String,
    slug: String,
}

/// Makes articles.
pub(crate) struct Writer<'a> {
    pub(crate) world: &'a World,
    pub(crate) seed: u64,
    /// How many articles there are.
    pub(crate) count: usize,
}

impl Writer<'_> {
    /// The path of an article below the folder of articles, and the whole file.
    pub(crate) fn article(&self, number: usize) -> (String, String) {
        let head = self.head(number);
        let random = &mut Random::new(&[self.seed, REST, number as u64]);
        let front = self.front_matter(&head, random);
        let goals = Goals { articles: self.links(number, random), picture: picture::any(random) };
        let body = text::body(self.world, random, goals);
        (path(&head), format!("---\n{front}---\n{body}"))
    }

    /// Dates ascend with the numbers, so that the files of a month are made one after another.
    fn head(&self, number: usize) -> Head {
        let random = &mut Random::new(&[self.seed, HEAD, number as u64]);
        let (from, to) = (self.begin(number), self.begin(number + 1));
        let seconds = from + random.below((to - from).max(1));
        let moment = Moment(i64::try_from(seconds).unwrap_or_default());
        let words: Vec<&str> = (0..random.between(3, 7)).map(|_| self.world.long_word(random)).collect();
        let slug = format!("{}-{number}", words.join("-"));
        let date = moment.date(Zone::UTC);
        Head { iso: date.rfc3339(Zone::UTC), date, title: title(&words, random), slug }
    }

    /// Where the stretch of time of an article begins.
    fn begin(&self, number: usize) -> usize {
        START + SPAN * number / self.count
    }

    /// Every value is also JSON (but for the date), so that the scripts of `compare` need no parser of YAML.
    fn front_matter(&self, head: &Head, random: &mut Random) -> String {
        let world = self.world;
        let outlet = world.outlet(random);
        let host = outlet.to_ascii_lowercase().replace(' ', "-");
        let authors = world.authors(if random.chance(85) { 1 } else { 2 }, random);
        let tags = world.tags(*random.pick(&[3, 4, 4, 5, 5, 5, 5, 6, 6]), random);
        let mut lines = vec![
            format!("title: \"{}\"", head.title),
            format!("date: {}", head.iso),
            format!(
                "source: {{\"outlet\": \"{outlet}\", \"url\": \"https://{host}.example/{}\"}}",
                head.slug
            ),
            format!("authors: {authors:?}"),
            format!("tags: {tags:?}"),
        ];
        if random.chance(60) {
            let (src, alt, credit) =
                (picture::any(random), self.words(4, random), self.world.authors(1, random)[0]);
            lines
                .push(format!("image: {{\"src\": \"{src}\", \"alt\": \"{alt}\", \"credit\": \"{credit}\"}}"));
        }
        let length = random.between(12, 30);
        lines.push(format!("summary: \"{}.\"\n", capitalized(&self.words(length, random))));
        lines.join("\n")
    }

    fn words(&self, count: usize, random: &mut Random) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.world.word(random)).collect();
        words.join(" ")
    }

    /// Older articles to link to: what a writer remembers is mostly recent.
    fn links(&self, number: usize, random: &mut Random) -> Vec<(String, String)> {
        let wanted = random.below(5).min(number);
        let mut goals = Vec::new();
        for _ in 0..wanted {
            let back = if random.chance(80) { number.min(RECENT) } else { number };
            let goal = self.head(number - 1 - random.below(back));
            goals.push((goal.title.clone(), format!("../../{}", path(&goal))));
        }
        goals
    }
}

fn title(words: &[&str], random: &mut Random) -> String {
    let (first, rest) = (capitalized(words[0]), words[1..].join(" "));
    if random.chance(15) { format!("{first}: {rest}") } else { format!("{first} {rest}") }
}

fn path(head: &Head) -> String {
    let Date { year, month, .. } = head.date;
    format!("{year}/{month:02}/{}.md", head.slug)
}
