//! What a template sees of a view: values that are made for one page, and cards that many pages share.
//!
//! A card is turned into a value once, and so is what the theme's templates under `cards/` draw of it: most of a site's
//! lists are the same cards again and again. Such a template sees `card` and `site` and nothing of the page.

use tera::{Context, Map, Tera, Value};

use super::error;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::memo::Memo;
use crate::model::view::{ArticleView, Content, HtmlView, ListView, MOST_CARDS, SeriesView, SharedCard};

/// The cards of a site as values.
pub(super) struct Cards {
    memo: Memo<Result<Value, Box<Diagnostic>>>,
    /// The templates that draw cards: what each is called in `card.drawn`, and its whole name.
    drawings: Vec<(String, String)>,
}

impl Cards {
    /// Cards of a site with so many articles, drawn by those of the templates that lie under `cards/`.
    pub(super) fn new(articles: usize, templates: &[String]) -> Self {
        let drawing = |name: &String| {
            let short = name.strip_prefix("cards/")?.strip_suffix(".html")?;
            Some((short.to_owned(), name.clone()))
        };
        Self {
            memo: Memo::new(articles, MOST_CARDS),
            drawings: templates.iter().filter_map(drawing).collect(),
        }
    }

    fn value(&self, card: &SharedCard, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        self.memo.get(card.number as usize, || self.draw(card, tera))
    }

    fn draw(&self, card: &SharedCard, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        let mut context = Context::new();
        let mut fields = map(&*card.card)?;
        context.insert_value("card", Value::from(fields.clone()));
        let mut drawn = Map::default();
        for (name, template) in &self.drawings {
            let html = tera.render(template, &context);
            let html =
                html.map_err(|error| error::rendering(&error, &format!("the card of {}", card.url)))?;
            drawn.insert(name.clone().into(), Value::safe_string(&html));
        }
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

    /// What a template sees beside `site`: `page`, and the content under the name of its kind.
    pub(super) fn context(&self, view: &HtmlView, tera: &Tera) -> Result<Context, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("page", value(&view.page)?);
        let (name, content) = match &view.content {
            Content::Article(article) => ("article", self.article(article, tera)?),
            Content::Standing(standing) => ("standing", value(standing)?),
            Content::List(list) => ("list", self.list(list, tera)?),
            Content::Terms(terms) => ("terms", value(terms)?),
            Content::Archive(archive) => ("archive", value(archive)?),
            Content::NotFound(not_found) => ("not_found", value(not_found)?),
        };
        context.insert_value(name, content);
        Ok(context)
    }

    fn article(&self, article: &ArticleView, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        let mut fields = map(article)?;
        fields.insert("previous".into(), self.one(article.previous.as_ref(), tera)?);
        fields.insert("next".into(), self.one(article.next.as_ref(), tera)?);
        fields.insert("related".into(), self.values(&article.related, tera)?);
        fields.insert("elsewhere".into(), self.values(&article.elsewhere, tera)?);
        if let Some(series) = &article.series {
            fields.insert("series".into(), self.series(series, tera)?);
        }
        Ok(fields.into())
    }

    fn series(&self, series: &SeriesView, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        let mut fields = map(series)?;
        fields.insert("previous".into(), self.one(series.previous.as_ref(), tera)?);
        fields.insert("next".into(), self.one(series.next.as_ref(), tera)?);
        Ok(fields.into())
    }

    fn list(&self, list: &ListView, tera: &Tera) -> Result<Value, Box<Diagnostic>> {
        let mut fields = map(list)?;
        fields.insert("cards".into(), self.values(&list.cards, tera)?);
        Ok(fields.into())
    }
}

/// A view as a template sees it.
pub(super) fn value<T: serde::Serialize>(value: &T) -> Result<Value, Box<Diagnostic>> {
    Value::try_from_serializable(value)
        .map_err(|error| Box::new(Diagnostic::new(Rule::Template, error.to_string())))
}

fn map<T: serde::Serialize>(view: &T) -> Result<Map, Box<Diagnostic>> {
    Ok(value(view)?.into_map().unwrap_or_default())
}
