//! Figures that share the words of the one before them: "profit was 4 million in May and 3 million in June".

use crate::claim::kind::word::verb_at;
use crate::claim::model::Claim;
use crate::claim::view::DocumentView;
use crate::mention::ItemKind;
use crate::text::TokenKind;
use crate::value::Value;

use super::figure::Figure;

/// Furthest figure whose words can be shared, in tokens.
const NEAR: usize = 16;

/// The claim whose quantity a figure shares: that of the figure before it, of the same dimension and stated by a rule, where
/// "and" joins the two and no verb comes between them. `claims` are those that the sentence has given so far.
pub(super) fn shared<'c>(view: &DocumentView<'_>, figure: &Figure<'_>, claims: &'c [Claim]) -> Option<&'c Claim> {
    let Figure { sentence, at, item, quantity, noun, .. } = *figure;
    if noun.is_some() {
        return None;
    }
    let before = sentence.items[..at].iter().rev().filter(|i| i.last <= item.first && i.last + NEAR >= item.first);
    let like = before.into_iter().find(|i| match &i.kind {
        ItemKind::Quantity { quantity: other, .. } => {
            other.shape == quantity.shape && other.unit.dimension == quantity.unit.dimension
        }
        _ => false,
    })?;
    let between = like.last..item.first;
    let stop = |a: usize| matches!(sentence.mark(view.text, a), Some(';' | ':' | '.' | '—'));
    let verb = |a: usize| sentence.toks[a].kind == TokenKind::Word && verb_at(view, sentence, a).is_some();
    let joined = between.clone().any(|a| sentence.word(view.text, a).eq_ignore_ascii_case("and"));
    if !joined || between.clone().any(|a| stop(a) || verb(a)) {
        return None;
    }
    let claim = claims.iter().rev().find(|c| c.span == sentence.span && c.value_span.overlaps(like.span))?;
    let stated = matches!(claim.value, Value::Quantity(_)) && !claim.is_unnamed_figure();
    stated.then_some(claim)
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    /// Attribute and scope of the figures of a text.
    fn figures(text: &str) -> Vec<(String, Vec<String>)> {
        let rules = Rules::embedded().unwrap();
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None).claims;
        claims.into_iter().map(|c| (c.attribute.clone(), c.scope.into_values().collect())).collect()
    }

    #[test]
    fn the_second_figure_is_of_the_words_of_the_first_with_its_own_scope() {
        let all = figures("Earnings per share were $4.10 under GAAP and non-GAAP $5.20.");
        let scopes: Vec<String> = all.iter().filter(|c| c.0 == "earnings per share").map(|c| c.1.concat()).collect();
        assert_eq!(scopes, ["gaap", "non-gaap"], "{all:?}");
    }

    #[test]
    fn a_verb_of_its_own_says_what_a_figure_is() {
        let all = figures("Revenue was $4 million and the yard loaned $2 million to its owner.");
        assert_eq!(all.iter().filter(|c| c.0 == "revenue").count(), 1, "{all:?}");
    }
}
