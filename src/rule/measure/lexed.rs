//! Tokens with their entries in the measure tables: what the token grammars of quantities and times walk over.

use std::cell::Cell;

use super::{Measures, MoneyAlias, Sense, Trie, UnitAlias, word};
use crate::text::{Span, Token, TokenKind};

/// A token and what the tables know of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lex {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    /// Id of the word in lower case; 0 when no table knows it.
    pub(crate) word: u32,
    /// Id of the word as written; 0 when no table knows it.
    pub(crate) exact: u32,
    /// Nothing stands between it and the token before it.
    pub(crate) glued: bool,
    /// Has an upper-case first letter.
    pub(crate) capital: bool,
    /// First token of its line.
    pub(crate) leads: bool,
    /// Index of the token it comes from: two of them share one where a currency adjoins its digits (`RM79`).
    pub(crate) token: u32,
}

/// A number to count with, as a grammar reads it at a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) value: i64,
    pub(crate) ordinal: bool,
    /// The token behind it.
    pub(crate) end: usize,
}

/// A text as lexed tokens. All lookups past either end answer "nothing".
pub(crate) struct LexedText<'a> {
    pub(crate) text: &'a str,
    pub(crate) lex: Vec<Lex>,
    pub(crate) measures: &'a Measures,
    /// The token at which a number was last asked for, and what was there. What is hidden takes it along.
    pub(crate) counted: Cell<Option<(usize, Option<Count>)>>,
}

impl<'a> LexedText<'a> {
    pub(crate) fn new(text: &'a str, tokens: &[Token], measures: &'a Measures) -> Self {
        LexedText::reusing(Vec::new(), text, tokens, measures)
    }

    /// [`LexedText::new`] in the place of an earlier reading's tokens.
    pub(crate) fn reusing(mut lex: Vec<Lex>, text: &'a str, tokens: &[Token], measures: &'a Measures) -> Self {
        lex.clear();
        lex.reserve(tokens.len());
        let mut lower = String::new();
        let mut last = u32::MAX;
        for (index, token) in tokens.iter().enumerate() {
            if token.span.start < last && last != u32::MAX {
                continue; // already read as the digits of a glued currency
            }
            let raw = token.span.of(text);
            if let Some((sign, digits, suffix)) = glued_currency(measures, text, token, lex.last()) {
                let exact = measures.id(sign.of(text));
                let glued = last == token.span.start;
                let leads = last == u32::MAX
                    || !glued && text.get(last as usize..token.span.start as usize).is_some_and(|g| g.contains('\n'));
                let word_kind = TokenKind::Word;
                lex.push(Lex {
                    span: sign,
                    kind: word_kind,
                    word: exact,
                    exact,
                    glued,
                    capital: true,
                    leads,
                    token: index as u32,
                });
                let number = TokenKind::Number;
                lex.push(Lex {
                    span: digits,
                    kind: number,
                    word: 0,
                    exact: 0,
                    glued: true,
                    capital: false,
                    leads: false,
                    token: index as u32,
                });
                last = digits.end;
                if let Some(suffix) = suffix {
                    let exact = measures.id(suffix.of(text));
                    lex.push(Lex {
                        span: suffix,
                        kind: word_kind,
                        word: exact,
                        exact,
                        glued: true,
                        capital: false,
                        leads: false,
                        token: index as u32,
                    });
                    last = suffix.end;
                }
                continue;
            }
            let (mut word, mut exact, mut capital) = (0, 0, false);
            if token.kind != TokenKind::Number && raw.len() <= 32 {
                exact = measures.id(raw);
                word = exact;
                let (mut upper, mut foreign) = (false, false);
                for b in raw.bytes() {
                    upper |= b.is_ascii_uppercase();
                    foreign |= !b.is_ascii();
                }
                if foreign {
                    let plain = |c| if c == '\u{2019}' { '\'' } else { c };
                    capital = raw.chars().next().is_some_and(char::is_uppercase);
                    lower.clear();
                    lower.extend(raw.chars().flat_map(char::to_lowercase).map(plain));
                    word = measures.id(&lower);
                } else if upper {
                    capital = raw.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
                    lower.clear();
                    lower.push_str(raw);
                    lower.make_ascii_lowercase();
                    word = measures.id(&lower);
                }
            }
            // Between most tokens there is one space or nothing.
            let gap = match text.as_bytes().get(last as usize..token.span.start as usize) {
                _ if last == u32::MAX => b"\n",
                gap => gap.unwrap_or(b" "),
            };
            lex.push(Lex {
                span: token.span,
                kind: token.kind,
                word,
                exact,
                glued: gap.is_empty(),
                capital,
                leads: gap.contains(&b'\n'),
                token: index as u32,
            });
            last = token.span.end;
        }
        LexedText { text, lex, measures, counted: Cell::new(None) }
    }

    /// Blanks the tokens that belong to something else, so that no phrase runs into them. Their text stays.
    pub(crate) fn hide(&mut self, first: usize, last: usize) {
        self.counted.set(None);
        for lex in self.lex.get_mut(first..last).unwrap_or_default() {
            *lex = Lex { kind: TokenKind::Mark, word: 0, exact: 0, capital: false, ..*lex };
        }
    }

    /// Blanks the addresses of the web: from the scheme, or from `www`, up to the next space.
    pub(crate) fn hide_addresses(&mut self) {
        let mut at = 1;
        while at < self.len() {
            let scheme = self.word(at) == word::SLASH
                && self.glued(at)
                && self.word(at - 1) == word::COLON
                && self.word(at + 1) == word::SLASH;
            let host = self.word(at) == word::DOT && self.glued(at) && self.word(at - 1) == word::WWW;
            if !scheme && !host {
                at += 1;
                continue;
            }
            let end = (at + 1..self.len()).find(|&i| !self.glued(i)).unwrap_or(self.len());
            self.hide(at.saturating_sub(2), end);
            at = end + 1;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.lex.len()
    }

    /// Id of the lower-case word at a token; 0 past the end.
    pub(crate) fn word(&self, at: usize) -> u32 {
        self.lex.get(at).map_or(0, |l| l.word)
    }

    /// Id of the word before a token.
    pub(crate) fn before(&self, at: usize) -> u32 {
        at.checked_sub(1).map_or(0, |i| self.word(i))
    }

    pub(crate) fn sense(&self, at: usize) -> &'a Sense {
        self.measures.sense(self.word(at))
    }

    pub(crate) fn sense_before(&self, at: usize) -> &'a Sense {
        self.measures.sense(self.before(at))
    }

    pub(crate) fn raw(&self, at: usize) -> &'a str {
        self.lex.get(at).map_or("", |l| l.span.of(self.text))
    }

    /// What stands between a token and the one before it.
    pub(crate) fn gap(&self, at: usize) -> &'a str {
        match (at.checked_sub(1).and_then(|p| self.lex.get(p)), self.lex.get(at)) {
            (Some(a), Some(b)) => self.text.get(a.span.end as usize..b.span.start as usize).unwrap_or_default(),
            _ => "",
        }
    }

    pub(crate) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.lex.get(at).map(|l| l.kind)
    }

    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Number)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word)
    }

    /// Whether nothing stands between the token and the one before it; false at either end.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.lex.get(at).is_some_and(|l| l.glued)
    }

    pub(crate) fn capital(&self, at: usize) -> bool {
        self.lex.get(at).is_some_and(|l| l.capital)
    }

    /// Whether a sentence begins here, as far as tokens tell.
    pub(crate) fn opens(&self, at: usize) -> bool {
        self.lex.get(at).is_some_and(|l| l.leads)
            || at == 0
            || matches!(self.raw(at - 1), "." | "!" | "?" | ":" | "“" | "\"" | "•" | "—" | "–")
    }

    /// A digit or a joining mark of a number stands right before the token: it goes on, it does not begin.
    pub(crate) fn sense_or_mark_joins(&self, at: usize) -> bool {
        at > 0 && self.glued(at) && matches!(self.raw(at - 1), "/" | "-" | "." | "_" | "#" | "@" | ":" | "$")
    }

    /// "to" or a dash: a second half may follow.
    pub(crate) fn word_is_to(&self, at: usize) -> bool {
        self.word(at) == word::TO || self.dash(at)
    }

    /// A hyphen or dash that joins two tokens without a space.
    pub(crate) fn hyphen(&self, at: usize) -> bool {
        self.word(at) == word::HYPHEN && self.glued(at) && self.glued(at + 1)
    }

    /// The token itself, or the one behind it when it is a hyphen that joins.
    pub(crate) fn past_hyphen(&self, at: usize) -> usize {
        at + usize::from(self.hyphen(at))
    }

    /// A hyphen between two words: never one of a rule of hyphens, which no walk may run along.
    fn lone_hyphen(&self, at: usize) -> bool {
        self.hyphen(at) && self.word(at + 1) != word::HYPHEN && at > 0 && self.word(at - 1) != word::HYPHEN
    }

    /// A hyphen or dash, spaced or not.
    pub(crate) fn dash(&self, at: usize) -> bool {
        matches!(self.word(at), word::HYPHEN | word::EN_DASH | word::EM_DASH | word::NB_HYPHEN)
    }

    /// Bytes from one token to another, end exclusive.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        match (self.lex.get(first), last.checked_sub(1).and_then(|l| self.lex.get(l))) {
            (Some(a), Some(b)) if a.span.start <= b.span.end => Span { start: a.span.start, end: b.span.end },
            _ => Span::default(),
        }
    }

    /// The longest phrase that begins at a token, by lower-case words; hyphens between its words may be left unread.
    #[inline]
    pub(crate) fn phrase<T: Copy>(&self, trie: &Trie<T>, at: usize, exact: bool) -> Option<(T, usize)> {
        // Most words begin none.
        let lex = self.lex.get(at)?;
        trie.step(0, if exact { lex.exact } else { lex.word })?;
        self.walk(trie, at, exact)
    }

    fn walk<T: Copy>(&self, trie: &Trie<T>, at: usize, exact: bool) -> Option<(T, usize)> {
        let (mut node, mut i, mut found) = (0, at, None);
        while let Some(lex) = self.lex.get(i) {
            if i > at && self.lone_hyphen(i) && trie.step(node, lex.word).is_none() {
                i += 1;
                continue;
            }
            let Some(next) = trie.step(node, if exact { lex.exact } else { lex.word }) else { break };
            node = next;
            i += 1;
            if let Some(payload) = trie.end(node) {
                found = Some((payload, i));
            }
        }
        found
    }

    /// The longest phrase that ends before a token, by lower-case words; hyphens between its words may be left unread.
    pub(crate) fn phrase_before<T: Copy>(&self, trie: &Trie<T>, at: usize) -> Option<(T, usize)> {
        let (mut node, mut i, mut found) = (0, at, None);
        while let Some(lex) = i.checked_sub(1).and_then(|p| self.lex.get(p)) {
            if self.lone_hyphen(i - 1) && trie.step(node, lex.word).is_none() {
                i -= 1;
                continue;
            }
            let Some(next) = trie.step(node, lex.word) else { break };
            node = next;
            i -= 1;
            if let Some(payload) = trie.end(node) {
                found = Some((payload, i));
            }
        }
        found
    }

    /// The unit that begins at a token: words in any case or symbols in theirs, whichever is longer.
    pub(crate) fn unit(&self, at: usize) -> Option<(UnitAlias, usize)> {
        longer(self.phrase(&self.measures.unit_words, at, false), self.phrase(&self.measures.unit_symbols, at, true))
    }

    /// The currency sign or code that begins at a token and may stand before a number.
    pub(crate) fn sign(&self, at: usize) -> Option<(MoneyAlias, usize)> {
        self.phrase(&self.measures.money_symbols, at, true).filter(|(alias, _)| alias.before)
    }

    /// The token range of a range of lexed tokens, end exclusive.
    pub(crate) fn tokens(&self, first: usize, last: usize) -> (u32, u32) {
        let end = last.checked_sub(1).and_then(|l| self.lex.get(l)).map_or(0, |l| l.token + 1);
        (self.lex.get(first).map_or(end, |l| l.token), end)
    }

    /// The currency that begins at a token.
    pub(crate) fn money(&self, at: usize) -> Option<(MoneyAlias, usize)> {
        longer(self.phrase(&self.measures.money_words, at, false), self.phrase(&self.measures.money_symbols, at, true))
    }
}

/// `RM79`, `EUR3m`, `US55,931` behind `$`: a word of letters that are a currency's, then digits, perhaps a scale. Answers
/// the span of each; digits run on over the tokens of the same number.
fn glued_currency(
    measures: &Measures,
    text: &str,
    token: &Token,
    before: Option<&Lex>,
) -> Option<(Span, Span, Option<Span>)> {
    let raw = token.span.of(text);
    // Most words have no digit behind their first letters.
    if !raw.bytes().take(5).any(|b| b.is_ascii_digit()) {
        return None;
    }
    let letters = raw.bytes().take_while(u8::is_ascii_alphabetic).count();
    if token.kind != TokenKind::Word || !(1..=4).contains(&letters) || letters == raw.len() {
        return None;
    }
    let behind = raw.bytes().skip(letters).skip_while(u8::is_ascii_digit);
    if !raw.as_bytes()[letters].is_ascii_digit() || behind.clone().any(|b| !b.is_ascii_alphabetic()) {
        return None;
    }
    let dollar = before.is_some_and(|l| l.word == word::DOLLAR && l.span.end == token.span.start);
    let id = measures.id(&raw[..letters]);
    let node = if dollar { measures.money_symbols.step(0, word::DOLLAR)? } else { 0 };
    let alias = measures.money_symbols.step(node, id).and_then(|n| measures.money_symbols.end(n))?;
    if !alias.before || letters < 2 && !dollar {
        return None;
    }
    let start = token.span.start as usize + letters;
    let mut end = start;
    let bytes = text.as_bytes();
    while end < bytes.len() {
        let inner = matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[end].is_ascii_digit() && !inner {
            break;
        }
        end += 1;
    }
    let tail = bytes[end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let suffix = (tail > 0).then(|| Span::new(end, end + tail));
    // `CAD3D` is a name.
    let scales = |s: Span| {
        let sense = measures.sense(measures.id(s.of(text)));
        sense.suffix.is_some() || sense.money_suffix.is_some()
    };
    if suffix.is_some_and(|s| !scales(s)) {
        return None;
    }
    Some((Span::new(token.span.start as usize, start), Span::new(start, end), suffix))
}

fn longer<T>(a: Option<(T, usize)>, b: Option<(T, usize)>) -> Option<(T, usize)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
        (a, b) => a.or(b),
    }
}
