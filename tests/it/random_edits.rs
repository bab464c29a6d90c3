//! Three hundred random edits; after each the site equals a clean build of the same files.

use crate::revisions::revise;
use crate::serve::Kept;
use crate::support::quick::is_quick;
use crate::support::{TestSite, article};

/// A generator of numbers that is the same everywhere (`SplitMix64`).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const TAGS: [&str; 6] = ["sea", "sky", "cities", "crafts", "море", "light"];
const OUTLETS: [&str; 3] = ["Harbour Gazette", "Sky Review", "Cobble & Tram"];

pub(crate) const FRONT_PAGE: &str = "{% extends \"list.html\" %}{% block main %}{{ super() }}
{% for card in list.front_page.lead %}{{ card.title }}, {% endfor %}
{% for slot in list.front_page.slots %}{{ slot.title }} {{ slot.url }}: {% for card in slot.cards %}{{ card.title }}, {% endfor %}
{% endfor %}{% endblock %}";
const CORRECTIONS: &str = "{% extends \"base.html\" %}{% block main %}
{% for entry in corrections.entries %}{{ entry.url }} {{ entry.title }}: {{ entry.text }}
{% endfor %}{% endblock %}";
/// Long enough to be known again in another outlet.
const STORIES: [&str; 3] = [
    "The lamp was lit for the first time since the storm, and the keeper said that no ship had missed it, because all of them had \
     stayed in the harbour and waited for better weather.",
    "The first tram crossed the new bridge on Sunday with the mayor, a brass band and four hundred guests, and nobody noticed that \
     the clock on the tower had stopped at noon.",
    "A comet will be seen low over the sea before sunrise, between the lighthouse and the morning star, by everybody who gets up \
     early enough and finds a gap in the clouds.",
];

pub(crate) fn new_article(dice: &mut Dice, number: usize) -> String {
    let date = format!("{}-{:02}-{:02}", 2020 + dice.roll(4), 1 + dice.roll(12), 1 + dice.roll(28));
    let more = format!(
        "source: {{outlet: {}, url: 'https://original.example/{number}'}}\ntags: [{}, {}]\nauthors: [{}]\n",
        dice.pick(&OUTLETS),
        dice.pick(&TAGS),
        dice.pick(&TAGS),
        dice.pick(&["Ines Calloway", "Tobin Marsh"]),
    );
    article(&format!("Number {number}"), &date, &more) + "\n" + dice.pick(&STORIES) + "\n"
}

#[test]
fn three_hundred_random_edits() {
    let mut dice = Dice(20_261_123);
    let mut site = TestSite::plain(
        "title = \"Test\"\nbase_url = \"https://test.example/sub/\"\n[lists]\npage_size = 4\n[related]\nelsewhere_days = 200\n\
         [outputs]\narticle_json = true\n[lint]\n\"unknown-term\" = \"off\"\n[front]\nlead = 2\n\
         [[front.slots]]\ntag = \"sea\"\n[[front.slots]]\ntitle = \"Each\"\neach = \"source\"\n\
         [[front.slots]]\ntitle = \"New\"\nquery = \"New -tag:sky\"\n[[front.slots]]\ntitle = \"Changed\"\norder = \"updated\"\n",
    );
    site.write("templates/home.html", FRONT_PAGE);
    site.write("templates/corrections.html", CORRECTIONS);
    let mut files: Vec<String> = Vec::new();
    for number in 0..18 {
        files.push(format!("content/articles/n{number}.md"));
        site.write(&files[number], &new_article(&mut dice, number));
    }
    site.build_fine();
    // Who serves the site sees the same changes and must come to the same pages.
    let mut kept = Kept::new(&site);
    kept.check(&site);
    let (mut quick, mut quickly_kept) = (0, 0);
    for step in 0..300 {
        edit(&mut site, &mut dice, &mut files, 100 + step);
        quick += u32::from(is_quick(&site.build_fine()));
        quickly_kept += u32::from(kept.check(&site));
    }
    assert!(
        quickly_kept >= 100,
        "only {quickly_kept} of 300 editions looked at no more than what was edited"
    );
    assert!(quick >= 60, "only {quick} of 300 builds looked at no more than what was edited");
}

fn edit(site: &mut TestSite, dice: &mut Dice, files: &mut Vec<String>, number: usize) {
    let place = dice.roll(files.len());
    let path = files[place].clone();
    let text = std::fs::read_to_string(site.root().join(&path)).unwrap();
    match dice.roll(18) {
        0 | 1 => {
            files.push(format!("content/articles/n{number}.md"));
            site.write(&files[files.len() - 1], &new_article(dice, number));
        }
        2 if files.len() > 6 => {
            site.remove(&path);
            files.remove(place);
        }
        3 => {
            files[place] = format!("content/articles/moved/m{number}.md");
            site.rename(&path, &files[place]);
        }
        4 => site.write(&path, &text.replacen("tags: [", &format!("tags: [{}, ", dice.pick(&TAGS)), 1)),
        5 => site.write(&path, &text.replacen("title: ", "title: New ", 1)),
        6 => site.write(&path, &new_article(dice, number)),
        7 => site.write(
            "content/tags/sea.md",
            &format!("---\nname: Sea {number}\naliases: [sea]\n---\nText {number}.\n"),
        ),
        8 => site.write(
            "content/pages/about.md",
            &format!(
                "---\ntitle: About {number}\n---\nSee [an article](../articles/{}).\n",
                &files[0]["content/articles/".len()..]
            ),
        ),
        9 if text.contains("withdrawn:") => {
            site.write(&path, &text.replacen("withdrawn: 2025-01-01\n", "", 1));
        }
        9 => site.write(&path, &text.replacen("tags:", "withdrawn: 2025-01-01\ntags:", 1)),
        10 if text.contains("corrections:") => site.write(&path, &text.replacen("text: ", "text: Again ", 1)),
        10 => {
            let correction = format!("corrections: [{{date: 2025-02-03, text: Wrong {number}}}]\ntags:");
            site.write(&path, &text.replacen("tags:", &correction, 1));
        }
        11 => site.write(&path, &format!("{text}\nAnother paragraph, {number}.\n")),
        12 | 13 => revise(site, dice, &path, number),
        // No word of these tells what a text is about.
        _ => {
            let sentence =
                dice.pick(&["And so it was.", "But it was not.", "Or was it?", "It is what it is."]);
            site.write(&path, &format!("{text}\n{sentence}\n"));
        }
    }
    // A link of the page "About" must not go stale: that would be an error, which is not what this test is
    // about.
    let about = site.root().join("content/pages/about.md");
    if about.exists() {
        let is_seen =
            |path: &&String| !std::fs::read_to_string(site.root().join(path)).unwrap().contains("withdrawn:");
        let seen = files.iter().find(is_seen).map(|path| &path["content/articles/".len()..]);
        let link = seen.map(|path| format!("[an article](../articles/{path})")).unwrap_or_default();
        site.write("content/pages/about.md", &format!("---\ntitle: About\n---\nSee {link}.\n"));
    }
}
