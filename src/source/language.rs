//! Whether a document is in a language that belie does not understand.

use whatlang::{Info, Lang, detect};

use super::lines;
use crate::text::{Span, fold_words};

/// Fewest words of a line of prose: names and headings tell little of a language.
const PROSE: usize = 6;
/// Fewest words of prose by which a language is told.
const FEWEST: usize = 25;
/// Most words of prose that are looked at.
const MOST: usize = 2000;
/// Words that English prose is full of, and that no other language has many of.
const ENGLISH: [&str; 12] = ["the", "and", "of", "that", "with", "from", "by", "this", "which", "were", "their", "has"];
/// So many of a thousand words are such in English prose at least, whatever it quotes; in other languages there are fewer.
const SHARE: usize = 30;

/// The language of the prose of a text, by its English name; `None` where it is English, or where there is too little to tell.
pub(super) fn foreign(text: &str, body: Span) -> Option<&'static str> {
    let mut prose = String::new();
    let (mut words, mut english) = (0, 0);
    for (_, line) in lines(text, body) {
        // Nor do the rows of a table.
        if line.contains(['|', '\t']) {
            continue;
        }
        let own = fold_words(line);
        // Some scripts have no spaces between words, which are of some two characters.
        let length = own.len().max(line.chars().filter(|c| !c.is_ascii()).count() / 2);
        if length < PROSE {
            continue;
        }
        words += length;
        english += own.iter().filter(|w| ENGLISH.contains(&w.as_str())).count();
        prose.push_str(line);
        prose.push('\n');
        if words > MOST {
            break;
        }
    }
    if words < FEWEST || english * 1000 >= words * SHARE {
        return None;
    }
    let told = detect(&prose).filter(|info: &Info| info.is_reliable() && info.lang() != Lang::Eng)?;
    Some(told.lang().eng_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: Option<&str>) {
        assert_eq!(foreign(text, Span::new(0, text.len())), language, "{text}");
    }

    #[test]
    fn languages() {
        check(
            "Die alte Mühle am Wehr wurde im März für drei Millionen Euro an eine Stiftung verkauft, wie der Rat mitteilte. \
             Sie soll im nächsten Jahr als Museum wieder öffnen und dann zwölf Menschen beschäftigen, sagte die Vorsitzende.",
            Some("German"),
        );
        check(
            "Le vieux moulin près du barrage a été vendu en mars pour trois millions d'euros à une fondation, a dit le conseil. \
             Il doit rouvrir l'an prochain comme musée et employer douze personnes, selon la présidente de la fondation.",
            Some("French"),
        );
        check(
            "The old mill by the weir was sold to a foundation in March for three million euros, the council said. It is to \
             open as a museum next year. “Die alte Mühle gehört allen”, said its head, who was born in Köln.",
            None,
        );
        check("Kraków, Łódź, Wrocław, Poznań, Gdańsk, Szczecin, Bydgoszcz, Lublin, Katowice", None);
        check("Die alte Mühle wurde verkauft.", None);
        check(
            "旧水车磨坊于三月以三百万欧元的价格出售给一家基金会，理事会说。它将于明年作为博物馆重新开放，届时将雇用十二名员工，基金会主席表示。旧水车磨坊于三月以三百万欧元的价格出售给一家基金会，理事会说。",
            Some("Mandarin"),
        );
    }
}
