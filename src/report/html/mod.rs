//! HTML: one page that holds everything, for people who were not there.
//!
//! Comes in: an analysis. Goes out: a page that needs no other file and no script: cards, a matrix of what is
//! contested, a timeline, the picture of the network, and every source as text with its claims underlined, each a link to
//! what was read and who says the same or otherwise. The script only searches and hides.
//!
//! Texts of sources are hostile: [`written`] is the one way of a value into the page, and it escapes; the page forbids
//! whatever it does not itself hold (Content-Security-Policy with hashes), and no text of a source becomes an address.
//!
//! `page.html` is the template, `page.css` its style, `page.js` its script; `page.rs` and the files beside it say what
//! stands in it. A text is shown in full unless all together are very long: then the sentences that hold claims are.

use std::sync::LazyLock;

use data_encoding::BASE64;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value, context};
use sha2::{Digest as _, Sha256};

use crate::finding::Analysis;
use crate::network::{Network, escaped, picture, style_sheet};

use super::{Format, Style, safe};
use marks::Marks;
use page::Page;

mod card;
mod grid;
mod marks;
mod page;
mod partner;
mod text;
mod timeline;

/// Most claims of the picture.
const DRAWN: usize = 120;

/// Zero-width non-joiner and joiner.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

const SCRIPT: &str = include_str!("page.js");

/// The template, read once.
static TEMPLATE: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters do not clash"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(written);
    // The template is part of the program: the first test that makes a page would fail.
    environment.add_template("page", include_str!("page.html")).expect("the template is well-formed");
    environment
});

/// `--format html`.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn help(&self) -> &'static str {
        "one page for a browser, without scripts needed or anything loaded: html=report.html"
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        let marks = Marks::new(analysis);
        let page = Page::new(analysis, &marks);
        let link = |claim: &crate::network::v1::Claim| marks.by_id(analysis, &claim.id).map(|mark| format!("#m{mark}"));
        let (svg, drawn, all) = picture(&Network::new(analysis), DRAWN, &link);
        let style = format!("{}{}", include_str!("page.css"), style_sheet());
        let context = context! {
            page => Serde(page),
            version => env!("CARGO_PKG_VERSION"),
            picture => (drawn > 0).then(|| Value::from_safe_string(svg)),
            drawn,
            all,
            style_hash => hash(&style),
            script_hash => hash(SCRIPT),
            style => Value::from_safe_string(style),
            script => Value::from_safe_string(SCRIPT.to_owned()),
        };
        let template = TEMPLATE.get_template("page").expect("it was added above");
        // Nothing in the template can fail on a value: strict lookups are tested with pages that hold every part.
        template.render(context).expect("the template fits the page")
    }
}

/// The one way of a value into the page: made harmless, then escaped, unless the program itself made it.
fn written(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if value.is_safe() => out.write_str(text)?,
        Some(text) => {
            // What joins the letters of a word or the parts of an emoji is harmless where no column has to hold.
            for part in text.split_inclusive(JOINERS) {
                let bare = part.trim_end_matches(JOINERS);
                out.write_str(&escaped(&safe(bare)))?;
                out.write_str(&part[bare.len()..])?;
            }
        }
        None => write!(out, "{value}")?,
    }
    Ok(())
}

/// The hash of a text as a Content-Security-Policy writes it, without the quotation marks.
fn hash(text: &str) -> Value {
    Value::from_safe_string(format!("sha256-{}", BASE64.encode(&Sha256::digest(text.as_bytes()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn nothing_to_show_is_a_page_as_well() {
        let page = Html.render(&fixture::empty(), &Style::default());
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
        assert!(page.contains("Nothing is contested"));
    }

    #[test]
    fn hashes_are_those_of_the_policy() {
        // SHA-256 of nothing, as in every text on the matter.
        assert_eq!(hash("").as_str(), Some("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
    }

    /// Relative luminance of `#rrggbb` or `#rgb`, as WCAG 2.2 defines it.
    fn luminance(colour: &str) -> f64 {
        let digits: Vec<char> = colour.trim_start_matches('#').chars().collect();
        let wide = if digits.len() == 3 { 1 } else { 2 };
        let part = |at: usize| {
            let digits: String = digits[at * wide..(at + 1) * wide].iter().cycle().take(2).collect();
            let value = f64::from(u8::from_str_radix(&digits, 16).unwrap()) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2)
    }

    #[test]
    fn words_stand_out_from_what_they_stand_on() {
        let css = include_str!("page.css");
        let themes: Vec<&str> = css.split(":root {").skip(1).take(2).map(|t| t.split_once('}').unwrap().0).collect();
        assert_eq!(themes.len(), 2, "light and dark");
        for theme in themes {
            let colour = |name: &str| {
                let (_, rest) = theme.split_once(&format!("--{name}: ")).unwrap();
                luminance(rest.split_once(';').unwrap().0)
            };
            for ground in ["page", "card", "faint", "mark", "g0", "g1", "g2", "g3", "g4", "g5"] {
                for words in ["ink", "soft", "link", "x", "w", "n", "s"] {
                    let (a, b) = (colour(ground), colour(words));
                    let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(contrast >= 4.5, "{words} on {ground}: {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn the_page_is_made_of_its_parts() {
        let page = Html.render(&fixture::analysis(), &Style::default());
        for id in ["summary", "findings", "matrix", "timeline", "sources", "network"] {
            assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
        }
        assert!(page.contains('\u{fffd}') && !page.contains('\u{1b}'));
    }
}
