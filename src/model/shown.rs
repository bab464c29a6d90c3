//! Which other articles a page shows.

use super::ingredients::{CardRef, Ingredients};

impl Ingredients<'_> {
    /// The numbers of the other articles of which the page shows a card or more. What else it may show
    /// (dates, addresses, counts) is in the outline of a collection too.
    pub fn shown(&self) -> Vec<u32> {
        let numbers = |cards: &[CardRef<'_>]| cards.iter().map(|card| card.number).collect::<Vec<u32>>();
        match self {
            Self::Article(parts) | Self::Twin(_, parts) => {
                let series = parts.series.iter().flat_map(|series| [series.previous, series.next]);
                let single = [parts.previous, parts.next].into_iter().chain(series).flatten();
                let beside = parts.related.iter().chain(&parts.elsewhere).copied();
                single.chain(beside).map(|card| card.number).collect()
            }
            Self::List(parts) => {
                let front = parts.front_page.iter();
                let slots = front.clone().flat_map(|front| &front.slots).map(|slot| &slot.cards);
                let others = front.flat_map(|front| [&front.lead, &front.rest]);
                let overview = parts.overview.iter();
                let anniversaries = overview.map(|overview| &overview.anniversaries);
                [&parts.cards]
                    .into_iter()
                    .chain(slots)
                    .chain(others)
                    .chain(anniversaries)
                    .flat_map(|cards| numbers(cards))
                    .collect()
            }
            Self::Feed(parts) => parts.entries.iter().map(|entry| entry.number).collect(),
            Self::NewsSitemap(cards) => numbers(cards),
            // An overview shows only dates and counts. The page of all corrections would need all articles in
            // full and is not asked about.
            Self::Terms(_)
            | Self::Archive(_)
            | Self::Corrections(_)
            | Self::Sitemap(_)
            | Self::SitemapIndex(_)
            | Self::Standing(_)
            | Self::Robots(_)
            | Self::NotFound
            | Self::Tombstone(_)
            | Self::Redirect(_)
            | Self::RedirectsFile(..)
            | Self::Copy(..)
            | Self::ThemeAsset(_) => Vec::new(),
        }
    }
}
