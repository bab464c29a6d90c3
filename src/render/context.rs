//! What a template sees of a view: values for one page, and cards that many pages share.
//!
//! Most lists of a site show the same cards again and again. So each card is turned into a value only once,
//! and drawn only once by the theme's templates under `cards/`. Such a template sees only `card` and `site`
//! and nothing of the page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use tera::{Context, Map, Tera, Value};

use super::error;
use super::fields::{Fields, value};
use crate::base::diag::Diagnostic;
use crate::base::memo::Memo;
use crate::model::view::{
    ArticleView, Content, FrontView, HtmlView, ListView, MOST_CARDS, RichText, SeriesView, SharedCard,
};

/// The cards of a site as values.
pub(super) struct Cards {
    memo: Memo<Result<Value, Box<Diagnostic>>>,
    /// The templates that draw cards, by their names in `card.drawn`.
    drawings: Vec<(String, String)>,
}

impl Cards {
    /// For a site with so many articles. The `templates` under `cards/` draw the cards.
    pub(super) fn new(articles: usize, templates: &BTreeMap<String, String>) -> Self {
        let drawing = |name: &String| {
            let short = name.strip_prefix("cards/")?.strip_suffix(".html")?;
            Some((short.to_owned(), name.clone()))
        };
        Self {
            memo: Memo::new(articles, MOST_CARDS),
            drawings: templates.keys().filter_map(drawing).collect(),
        }
    }

    fn value(&self, card: &SharedCard, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        self.memo.get(card.number as usize, || self.draw(card, tera))
    }

    fn draw(&self, card: &SharedCard, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("card", value(&*card.card)?);
        let mut drawn = Map::default();
        for (name, template) in &self.drawings {
            let html = tera.render(template, &context);
            let html =
                html.map_err(|error| error::rendering(&error, &format!("the card of {}", card.url)))?;
            drawn.insert(name.clone().into(), Value::safe_string(&html));
        }
        let mut fields = context.remove("card").and_then(Value::into_map).unwrap_or_default();
        fields.insert("drawn".into(), drawn.into());
        Ok(fields.into())
    }

    fn values<'c>(
        &self,
        cards: impl IntoIterator<Item = &'c SharedCard>,
        tera: &Tera,
    ) -> Result<Value, Box<Diagnostic>> {
        let values: Result<Vec<Value>, _> = cards.into_iter().map(|card| self.value(card, tera)).collect();
        values.map(Value::from)
    }

    fn one(&self, card: Option<&SharedCard>, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        card.map_or(Ok(Value::none()), |card| self.value(card, tera))
    }

    /// The values that a template sees beside `site`: `page`, and the content under the name of its kind.
    /// `draw` draws the components of a text.
    pub(super) fn context<'v>(
        &self,
        view: &'v HtmlView,
        tera: &Tera,
        draw: impl Fn(&'v RichText) -> Drawn<'v>,
    ) -> Result<Context, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("page", value(&view.page)?);
        let (name, content) = match &view.content {
            Content::Article(article) => ("article", self.article(article, tera, &draw)?),
            Content::Standing(standing) => {
                let mut fields = Fields::of(standing)?;
                put_text(&mut fields, &standing.content, &draw)?;
                ("standing", fields.value()?)
            }
            Content::List(list) => ("list", self.list(list, tera, &draw)?),
            Content::Terms(terms) => ("terms", value(terms)?),
            Content::Archive(archive) => ("archive", value(archive)?),
            Content::Corrections(corrections) => ("corrections", value(corrections)?),
            Content::Withdrawn(withdrawn) => ("withdrawn", value(withdrawn)?),
            Content::NotFound(not_found) => ("not_found", value(not_found)?),
        };
        context.insert_value(name, content);
        Ok(context)
    }

    fn article<'v>(
        &self,
        article: &'v ArticleView,
        tera: &Tera,
        draw: &impl Fn(&'v RichText) -> Drawn<'v>,
    ) -> Result<Value, Box<Diagnostic>> {
        let mut fields = Fields::of(article)?;
        put_text(&mut fields, &article.content, draw)?;
        fields.set("previous", self.one(article.previous.as_ref(), tera)?);
        fields.set("next", self.one(article.next.as_ref(), tera)?);
        fields.set("related", self.values(&article.related, tera)?);
        fields.set("elsewhere", self.values(&article.elsewhere, tera)?);
        if let Some(series) = &article.series {
            fields.set("series", self.series(series, tera)?);
        }
        fields.value()
    }

    fn series(&self, series: &SeriesView, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        let mut fields = Fields::of(series)?;
        fields.set("previous", self.one(series.previous.as_ref(), tera)?);
        fields.set("next", self.one(series.next.as_ref(), tera)?);
        fields.value()
    }

    fn list<'v>(
        &self,
        list: &'v ListView,
        tera: &Tera,
        draw: &impl Fn(&'v RichText) -> Drawn<'v>,
    ) -> Result<Value, Box<Diagnostic>> {
        let mut fields = Fields::of(list)?;
        if let Some(profile) = &list.profile {
            let mut inner = Fields::of(profile)?;
            put_text(&mut inner, &profile.content, draw)?;
            fields.set("profile", inner.value()?);
        }
        fields.set("cards", self.values(&list.cards, tera)?);
        fields.set("anniversaries", self.values(&list.anniversaries, tera)?);
        if let Some(front) = &list.front_page {
            fields.set("front_page", self.front(front, tera)?);
        }
        fields.value()
    }

    fn front(&self, front: &FrontView, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        let mut fields = Fields::default();
        fields.set("arranged", front.arranged.into());
        fields.set("lead", self.values(&front.lead, tera)?);
        let slots = front.slots.iter().map(|slot| -> Result<Value, Box<Diagnostic>> {
            let mut fields = Fields::of(slot)?;
            fields.set("cards", self.values(&slot.cards, tera)?);
            fields.value()
        });
        let slots: Vec<Value> = slots.collect::<Result<_, _>>()?;
        fields.set("slots", slots.into());
        fields.value()
    }
}

/// A text with its components drawn.
type Drawn<'v> = Result<Cow<'v, str>, Box<Diagnostic>>;

/// Replaces a text by the one with its components drawn.
fn put_text<'v>(
    fields: &mut Fields,
    text: &'v RichText,
    draw: &impl Fn(&'v RichText) -> Drawn<'v>,
) -> Result<(), Box<Diagnostic>> {
    if !text.components.is_empty() {
        fields.set("content", Value::from(draw(text)?.as_ref()));
    }
    Ok(())
}
