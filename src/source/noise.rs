//! Boilerplate: navigation, counters, adverts, prompts, polls, comment sections.
//!
//! Comes in: the text of a document. Goes out: the lines that are no part of what it says. Only short lines are judged
//! by their words; a paragraph of prose is noise only in a tail that is prompts for the most part.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::bytes::{RegexSet, RegexSetBuilder};

use super::bullet::bullet;
use super::dateline::{self, Stamp};
use super::line::{ends_sentence, lines};
use crate::text::Span;

/// A line of more bytes is prose, whatever it says.
const LONGEST: usize = 240;

/// Patterns of whole lines without bullet and outer brackets, in any case. Sorted within each group. What `.*` may cover is
/// bounded by the length of a line that is judged at all. They are matched against [`ascii`]: `|` stands for all dots and
/// bars, `>` for arrows, `-` for dashes, `$` for signs of money.
const BOILERPLATE: &[&str] = &[
    // Counters: figures about the page, with nothing that says what happened.
    r"(?:[\d.,]+ ?[km]?\+? ?(?:(?:total |unique )?(?:reach|views?|visits|reads?|readers)|active(?: (?:\d+ ?h|now|today))?|bookmarks?|claps?|comments?|followers|inbound|likes?|min(?:ute)?s?(?: to)? read|points?|reactions?|reading now|replies|reposts?|responses?|retweets?|saves?|shares?|subscribers|upvotes?|votes?)[ |,/]*)+",
    r"(?:comments?|likes?|reads?|shares?|views?) ?[:(]? ?[\d.,]+ ?[km]?\)?",
    r"(?:reading|read) time:? ?\d+ ?min(?:ute)?s?(?: read)?",
    // Adverts: a discount or a price with a call to buy, and the words that announce one.
    r"(?:advertisement|advertorial|paid (?:content|partnership|post)|promoted(?: content| post)?|sponsored(?: by .{1,40}| content| post)?)",
    r"(?:article|story) continues (?:after|below)(?: (?:the |this )?(?:ad|advert|advertisement))?",
    r"(?:save |up to |get )?\d{1,2} ?% off.*(?:add to (?:basket|cart)|buy (?:it )?now|claim (?:it|now|yours)|get (?:it|yours|the deal)|order now|see (?:the )?deal|shop now).{0,6}",
    // Navigation: words of menus and buttons, alone on their line or in a row.
    r"(?:(?:about(?: us)?|account|advertise|archive|business|careers|contact(?: us)?|cookie policy|home|log ?in|log ?out|menu|my account|news|newsletters?|opinion|politics|privacy(?: policy)?|search|sign ?in|sign ?up|sport|subscribe|tech|terms(?: of (?:service|use))?|world)(?: ?[|>/] ?|$)){2,}",
    r"home(?: ?[>/] ?[^>/|]{1,40}){1,6}",
    r"(?:about us|back to (?:the )?top|contact us|close|cookie (?:policy|settings)|copy link|home|like|load more|log ?in|menu|my account|next|previous|print|privacy policy|read more|reply|report|search|see all|share|show more|sign ?in|sign ?up|skip to (?:main )?content|subscribe|terms of (?:service|use)|view all) ?[>.]*",
    r"(?:next|previous) (?:article|page|post|story)(?: ?[:>].*)?",
    r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).*",
    r"(?:image|photo|picture) (?:credits?|by|courtesy(?: of)?):?.{1,60}",
    r"(?:facebook|instagram|linkedin|reddit|telegram|twitter|whatsapp|youtube|x|email)(?:[ ,|/]+(?:facebook|instagram|linkedin|reddit|telegram|twitter|whatsapp|youtube|x|email|copy link|print|share))*",
    r"(?:in this (?:article|story)|jump to(?: section)?|on this page|table of contents):?",
    // Cookies and consent.
    r"(?:accept|reject|manage)(?: all)?(?: cookies)?(?: ?[|/] ?(?:accept|reject|manage)(?: all)?(?: cookies)?)*",
    r"(?:by (?:clicking|continuing|using this)|cookies?:? (?:help|on this)|(?:this|our) (?:web)?site (?:uses|places) cookies|we (?:and our partners )?use cookies).*",
    // Newsletters and subscriptions.
    r"(?:already|not) a (?:member|subscriber)\b.*",
    r"(?:become|be) a (?:free |paid |paying )?(?:member|patron|subscriber)\b.*",
    r"(?:click|tap) (?:here|the link|below) (?:for|to)\b.*",
    r"(?:don't|do not|never) miss (?:a|an|our|out|the next)\b.*",
    r"(?:enter|type) your (?:e-?mail|phone|number)\b.*",
    r"(?:get|receive) (?:.* )?(?:in|to) your (?:e-?mail|inbox)\b.*",
    r"(?:get|receive) (?:our|the) (?:daily|free|latest|weekly)\b.* (?:briefing|e-?mails?|newsletter|posts|updates)\b.*",
    r"join (?:\d[\d,.]*\+? (?:other )?(?:readers|subscribers)|our (?:channel|community|discord|mailing list|newsletter|telegram|whatsapp)|the (?:conversation|discussion|mailing list|newsletter))\b.*",
    r"sign up (?:for|here|now|to|today|with)\b.*",
    r"subscribe (?:at|for|here|now|on|to|today|via|with)\b.*",
    r"(?:thank you|thanks) for (?:reading|subscribing)\b.*",
    r"this (?:newsletter|post|publication|story) is (?:for (?:paid|paying) subscribers|free|reader-supported)\b.*",
    r"(?:unsubscribe|update your preferences|view in browser)(?: ?[|/] ?(?:unsubscribe|update your preferences|view in browser))*",
    // Asking for money.
    r"(?:buy|get) (?:me|us) a coffee\b.*",
    r"can't (?:afford|contribute|donate|give|pay)\b[^.?!]*\?.*",
    r"(?:chip in|donate|give)(?: (?:here|now|today))?(?: ?[>]*)?",
    r"(?:help (?:keep|us)|keep (?:our|this|us)|support (?:independent|me|my|our|this|us))\b.{0,40}\b(?:alive|free|going|journalism|newsroom|running|site|work|writing)\b.*",
    r"if (?:this|you) .*(?:consider|please) (?:becoming|donat|shar|subscrib|support).*",
    // Sharing and following.
    r"(?:found|enjoyed?|like|liked|love) (?:this|what you|our)\b[^.?!]*\?.*\b(?:follow|read|share|subscribe)\b.*",
    r"follow (?:me|us|.{1,40}) (?:at|on) (?:bluesky|facebook|google news|instagram|linkedin|mastodon|social media|telegram|threads|tiktok|twitter|whatsapp|x|youtube)\b.*",
    r"(?:share|send|forward) (?:it|this)(?: (?:article|essay|newsletter|page|piece|post|story))?(?: (?:on|to|via|with)\b.*| ?[:-].*)?[.!]?",
    // Further reading.
    r"(?:discover|explore|read) more (?:from|about|on|stories)\b.*",
    r"(?:more (?:from|in|like this|stories)|most (?:popular|read|viewed)|(?:our )?top stories|read (?:also|more|next)|also read|editor'?s'? picks?|keep reading|recommended(?: for you| reading| stories)?|related(?: articles?| content| coverage| links| news| posts?| reading| stories| topics)?|see also|trending(?: now)?|up next|what to read next|you (?:may|might) (?:also )?(?:enjoy|like|be interested in))(?::.*| ?[>]*)",
    r"more from .{1,40}",
    // Comment sections.
    r"(?:add|leave|post|write) (?:a|your) (?:comment|reply|review)\b.*",
    r"(?:be the first to|log ?in to|sign in to|(?:create|register)(?: an account)? to|you must be logged in to) (?:comment|join|leave|like|post|reply|vote)\b.*",
    r"(?:comments?(?: section)?|discussion|responses)(?: ?\(\d+\))?",
    r"comments (?:are|have been) (?:closed|disabled|moderated|off)\b.*",
    r"(?:drop|leave|share|tell us) (?:me |us )?your (?:comments?|opinion|take|thoughts?|views?)\b.*",
    r"(?:let (?:me|us) know|sound off|tell (?:me|us)) .*\bcomments?\b.*",
    r"no (?:\w+ )?comments yet\b.*",
    // Polls and reactions.
    r"(?:cast your vote|take (?:our|the) (?:poll|quiz|survey)|vote (?:below|here|in our poll|now))\b.*",
    r"how (?:did|does|do) (?:it|this|that|you)\b.{0,20}\bfeel\b.*\?",
    r"what's your (?:reaction|take)\?.*",
    r"(?:click|press|tap)\b.{0,60}\bno (?:account|log-?in|registration|sign-?up)\b.*",
];

/// Patterns like those, of what may stand anywhere in a line. They cost a walk to the end of the line, where the others are
/// done with it after a word; so a line is first asked for [`telling`] words.
const ANYWHERE: &[&str] = &[
    r".*[$] ?\d[\d.,]*.{0,40}(?:add to (?:basket|cart)|buy (?:it )?now|get (?:it|yours)(?: now)?|order now|see (?:the )?deal|shop now) ?[>]*",
    r".*all rights reserved\.?",
    r".*\bunsubscribe (?:at any ?time|any ?time|here)\b.*",
];

/// Whether a line holds what the patterns of [`ANYWHERE`] need: a sign of money, a last word, a word, each in any case.
fn telling(line: &[u8]) -> bool {
    let last = line.strip_suffix(b".").unwrap_or(line);
    let reserved = || last.last_chunk::<8>().is_some_and(|w| w.eq_ignore_ascii_case(b"reserved"));
    // There are fewer of its fifth letter than of its first.
    let unsubscribe = || {
        memchr::memchr2_iter(b'b', b'B', line)
            .filter_map(|at| line.get(at.checked_sub(4)?..at + 7))
            .any(|w| w.eq_ignore_ascii_case(b"unsubscribe"))
    };
    memchr::memchr(b'$', line).is_some() || reserved() || unsubscribe()
}

/// Polls: the list under such a line is its answers.
const POLL: &str = r"^(?:cast your vote|take (?:our|the) poll|vote (?:below|here|in our poll|now))\b";

/// The heading of a comment section.
const COMMENT_HEADING: &str = r"^(?:comments?(?: section)?|discussion|responses)(?: ?\(\d+\))?$|^\d+ (?:comments|responses)$|^no (?:\w+ )?comments yet\b";

static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| set(BOILERPLATE));
static LATER: LazyLock<RegexSet> = LazyLock::new(|| set(ANYWHERE));
static POLLS: LazyLock<RegexSet> = LazyLock::new(|| set_of(&[POLL.to_owned()]));
static COMMENTS: LazyLock<RegexSet> = LazyLock::new(|| set_of(&[COMMENT_HEADING.to_owned()]));
static COMMENTING: LazyLock<RegexSet> =
    LazyLock::new(|| set_of(&[r"\b(?:account|comments?|log ?in|reply|sign ?in)\b".to_owned()]));

fn set(lines: &[&str]) -> RegexSet {
    set_of(&lines.iter().map(|p| format!("^(?:{p})$")).collect::<Vec<_>>())
}

/// Without Unicode classes: these would cost more at start-up than everything else.
fn set_of(patterns: &[String]) -> RegexSet {
    // A test compiles the tables; here a fault would only cost the marking of noise.
    RegexSetBuilder::new(patterns)
        .unicode(false)
        .case_insensitive(true)
        .size_limit(16 << 20)
        .dfa_size_limit(8 << 20)
        .build()
        .unwrap_or_else(|_| RegexSet::empty())
}

/// The words with the typography that patterns need not know replaced.
fn ascii(words: &str) -> Cow<'_, str> {
    if words.is_ascii() {
        return words.into();
    }
    words
        .chars()
        .map(|c| match c {
            '‘' | '’' => '\'',
            '·' | '•' => '|',
            '→' | '»' | '›' => '>',
            '—' | '–' => '-',
            '€' | '£' => '$',
            c => c,
        })
        .collect()
}

fn matches(set: &RegexSet, line: &str) -> bool {
    judged(line).is_some_and(|words| set.is_match(words.as_bytes()))
}

/// The words of a line as patterns know them; `None` where it is too long to be judged by them, or has none.
fn judged(line: &str) -> Option<Cow<'_, str>> {
    let words = bare(line);
    (words.len() <= LONGEST && !words.is_empty()).then(|| without_targets(ascii(words)))
}

/// The words without the Markdown of links: `[Share](http://…)` says "Share".
fn without_targets(words: Cow<'_, str>) -> Cow<'_, str> {
    if !words.contains("](") {
        return words;
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = &*words;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(&before.replace('[', ""));
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.into()
}

/// Whether a line is boilerplate by its words alone.
pub(super) fn is_boilerplate(line: &str) -> bool {
    judged(line).is_some_and(|words| {
        let words = words.as_bytes();
        PATTERNS.is_match(words) || telling(words) && LATER.is_match(words)
    })
}

/// Whether a line names who wrote the text and nothing else: `by`, then two capitalised words or more, then at most
/// something behind a bar, a dash or a bracket.
pub(super) fn is_byline(line: &str) -> bool {
    let words = bare(line);
    let mut rest = words.split_whitespace().peekable();
    let verb = |w: &&str| ["posted", "reported", "story", "words", "written"].iter().any(|v| w.eq_ignore_ascii_case(v));
    rest.next_if(verb);
    let by = rest.next().is_some_and(|w| w.trim_end_matches(':').eq_ignore_ascii_case("by"));
    let mut names = 0;
    for word in rest {
        match word {
            _ if word.starts_with(['|', '·', '•', '—', '–', '-', '(']) => break,
            "and" | "&" | "AND" => {}
            _ if word.starts_with(char::is_uppercase) => names += 1,
            _ => return false,
        }
    }
    by && (2..=8).contains(&names) && words.len() <= 160 && !ends_sentence(words)
}

/// A line without bullet, outer brackets, heading marks and emphasis.
fn bare(line: &str) -> &str {
    let line = line[bullet(line)..].trim();
    line.trim_matches(|c: char| matches!(c, '#' | '*' | '_' | '[' | ']' | '>' | ' '))
}

/// Lines from the start in which a byline or a masthead is looked for.
const HEAD: usize = 12;

struct Line<'t> {
    span: Span,
    words: &'t str,
    listed: bool,
    /// Boilerplate by its own words, as against a masthead or a byline.
    prompt: bool,
    noise: bool,
}

/// Marks the boilerplate of a text: sorted, disjoint spans of whole lines. Linear in the text.
///
/// `title` is where the title stands; short lines above it are the masthead.
pub(super) fn find(text: &str, body: Span, title: Option<Span>) -> Vec<Span> {
    let mut found = judge(text, body, title);
    mark_tail(&mut found);
    let mut out: Vec<Span> = Vec::new();
    let mut open = false;
    for line in &found {
        match out.last_mut() {
            Some(last) if line.noise && open => last.end = line.span.end,
            _ if line.noise => out.push(line.span),
            _ => {}
        }
        open = line.noise;
    }
    out
}

/// The lines that are not blank, each judged by its own words and its place.
fn judge<'t>(text: &'t str, body: Span, title: Option<Span>) -> Vec<Line<'t>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    let (mut gap, mut poll) = (true, false);
    for (at, raw) in lines(text, body) {
        let words = raw.trim();
        if words.is_empty() {
            gap = true;
            continue;
        }
        let at = at + (raw.len() - raw.trim_start().len());
        let span = Span::new(at, at + words.len());
        let listed = bullet(raw) > 0;
        let short = words.len() <= LONGEST;
        poll = listed && (poll || out.last().is_some_and(|last| matches(&POLLS, last.words)));
        let masthead = title.is_some_and(|t| out.len() < HEAD && span.end <= t.start)
            && words.split_whitespace().count() <= 4
            && !ends_sentence(words);
        let is_title = title.is_some_and(|t| t.overlaps(span));
        let free = short && !is_title && !continues(out.last(), words, gap, listed);
        let prompt = free && (poll || is_boilerplate(raw));
        let head = out.len() < HEAD;
        let stamped = || match dateline::stamp(bare(raw)) {
            Some(Stamp::Named) => true,
            // Further down it may head an entry.
            Some(Stamp::Plain) => head,
            None => false,
        };
        let noise = prompt || (free && (masthead || (head && is_byline(words)) || stamped()));
        out.push(Line { span, words, listed, prompt, noise });
        gap = false;
    }
    out
}

/// Whether a line goes on with the hard-wrapped paragraph above it, so that its words prove nothing.
fn continues(above: Option<&Line<'_>>, words: &str, gap: bool, listed: bool) -> bool {
    above.is_some_and(|a| {
        let lower = words.starts_with(char::is_lowercase);
        !gap && !listed
            && !a.noise
            && !ends_sentence(a.words)
            && (a.words.len() >= 45 || lower)
            && a.words.len() <= LONGEST
    })
}

/// Marks the tail of prompts: from the earliest prompt after which there is nothing but prompts, labels and words to the
/// reader, and from a comment section on whatever stands there. Lists of references are never reached.
fn mark_tail(found: &mut [Line<'_>]) {
    let end = found
        .iter()
        .position(|l| is_reference_heading(l.words) || looks_like_reference(l.words))
        .unwrap_or(found.len());
    let found = &mut found[..end];
    // Three prompts make a tail, or one that opens the comments.
    if !found.iter().any(|l| l.prompt) {
        return;
    }
    let comments = (0..found.len()).find(|&i| opens_comments(found, i));
    let last = comments.unwrap_or(found.len());
    let mut prompts = found[last..].iter().filter(|l| l.prompt).count();
    let (mut start, mut gap) = (comments, Gap::default());
    for i in (0..last).rev() {
        if found[i].prompt {
            prompts += 1;
            if !gap.is_idle() {
                break;
            }
            start = Some(i);
            gap = Gap::default();
        } else if !gap.take(found[i].words) {
            break;
        }
    }
    if let (Some(start), true) = (start, prompts >= 3 || comments.is_some()) {
        found[start..].iter_mut().for_each(|line| line.noise = true);
    }
}

/// Whether a comment section begins on a line: its heading, with a prompt to comment soon after. A counter of comments in a
/// list or at the head of a page opens none.
fn opens_comments(found: &[Line<'_>], at: usize) -> bool {
    let line = &found[at];
    let placed = !line.listed && (at >= HEAD || at * 2 >= found.len());
    placed
        && line.prompt
        && matches(&COMMENTS, line.words)
        && found[at + 1..].iter().take(4).any(|l| l.prompt && matches(&COMMENTING, l.words))
}

/// The lines between two prompts of a tail.
#[derive(Default)]
struct Gap {
    labels: u32,
    to_reader: u32,
    sentences: u32,
}

impl Gap {
    /// Takes a line in; false when it is prose of the document.
    fn take(&mut self, words: &str) -> bool {
        let plain = !words.contains(|c: char| c.is_ascii_digit() || matches!(c, '"' | '“' | '”'));
        let mut folded = words.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
        if plain
            && words.len() <= 300
            && folded.any(|w| matches!(w.as_str(), "you" | "your" | "us" | "me" | "my" | "our"))
        {
            self.to_reader += 1;
        } else if words.len() <= 80 && !ends_sentence(words) {
            self.labels += 1;
        } else if plain && words.len() <= 110 {
            self.sentences += 1;
        } else {
            return false;
        }
        self.labels + self.to_reader + self.sentences <= 4
    }

    /// Whether a tail may reach over it: it speaks to the reader at least as often as not.
    fn is_idle(&self) -> bool {
        self.sentences <= self.to_reader && self.labels <= self.to_reader + 1
    }
}

/// Whether a line is the heading of a list of references, a count allowed behind it.
pub(crate) fn is_reference_heading(line: &str) -> bool {
    let words = bare(line).trim_end_matches(':');
    if words.len() > 60 {
        return false;
    }
    let head = words.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim().trim_end_matches('(').trim();
    REFERENCE_HEADINGS.iter().any(|h| h.eq_ignore_ascii_case(head))
}

const REFERENCE_HEADINGS: [&str; 13] = [
    "bibliography",
    "citations",
    "cited sources",
    "endnotes",
    "footnotes",
    "references",
    "references and notes",
    "reference list",
    "source list",
    "sources",
    "sources and references",
    "sources cited",
    "works cited",
];

/// Whether a line opens with a bracketed number, as entries of such lists do: `[1] …`.
pub(crate) fn looks_like_reference(line: &str) -> bool {
    // Nearly no line has one.
    if !line.contains('[') {
        return false;
    }
    let words = line[bullet(line)..].trim_start();
    let digits =
        words.strip_prefix('[').map_or(0, |w| w.trim_start_matches('^').bytes().take_while(u8::is_ascii_digit).count());
    (1..=3).contains(&digits) && words.trim_start_matches(['[', '^'])[digits..].starts_with(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_compile() {
        assert_eq!((PATTERNS.len(), LATER.len()), (BOILERPLATE.len(), ANYWHERE.len()));
        assert_eq!((POLLS.len(), COMMENTS.len(), COMMENTING.len()), (1, 1, 1));
    }

    fn check(text: &str, title: Option<&str>, expected: &[&str]) {
        let title = title.map(|t| text.find(t).map(|at| Span::new(at, at + t.len())).unwrap());
        let found = find(text, Span::new(0, text.len()), title);
        assert_eq!(found.iter().map(|s| s.of(text)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn boilerplate_by_its_words() {
        for line in [
            "• 12 total reach",
            "0 shares4 inbound",
            "3 reading now1 active 24h",
            "1.2k views",
            "Comments (14)",
            "5 min read",
            "30% offBlue Lamp$9.50 today.Get it →",
            "Home > World > Europe",
            "Subscribe to get new posts by e-mail.",
            "Discover more from The Mill",
            "Sign up",
            "Share this post — help it travel",
            "Read next",
            "[We use cookies to make this site better. Accept | Manage]",
            "Can’t give today? Sharing helps.",
            "No comments yet.",
            "Log in to leave a reply.",
            "© 2026 The Mill. All rights reserved.",
            "Related: Why the mill shut",
            "ADVERTISEMENT",
            "[Unsubscribe](#) | [View in browser](http://a.b/c)",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in ["By Ada Quill", "BY ADA QUILL AND BO REED", "Written by Ada Quill | 3 May 2026"] {
            assert!(is_byline(line), "{line}");
        }
    }

    #[test]
    fn prose_is_none() {
        for line in [
            "The post drew 3,000 views in an hour.",
            "3 million views in an hour",
            "12 people were hurt",
            "The plan drew 40 comments from residents",
            "Shares fell 12% to $9.50.",
            "Support for the bill grew in March.",
            "Comments by the minister drew anger",
            "Home prices rose 3%",
            "Share prices fell",
            "Subscribers grew by 20%",
            "Related party transactions",
            "The shop now sells lamps at $9.50",
            "Sign of the times",
            "Follow the money",
            "Read receipts are off",
            "Search for survivors goes on",
            "World leaders met",
            "5 points were scored",
            "Votes: North 12, South 9",
            "See also the annex.",
            "Sponsored flights resume",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
        for line in ["By Monday", "By the Sea", "by Ada Quill and by others who came", "By 2030 Norway wants more"] {
            assert!(!is_byline(line), "{line}");
        }
    }

    #[test]
    fn a_wrapped_line_is_read_with_the_one_above() {
        check("The vote was put off after the council had received\n12 comments\nfrom people of the town.", None, &[]);
        check("You can leave the list whenever you like, or you can\nSubscribe to the other list.", None, &[]);
    }

    #[test]
    fn masthead_and_byline() {
        let text = "The Mill\nAda Quill\n\nForty people lose their work\n\nBy Ada Quill\n\nThe mill shut on Monday.";
        check(text, Some("Forty people lose their work"), &["The Mill\nAda Quill", "By Ada Quill"]);
    }

    #[test]
    fn a_tail_of_prompts_takes_its_prose_along() {
        let prose = "The mill shut on Monday. Forty people lost their work.";
        let tail = "Share this post\n\nStand with us\n\nI write all of this alone, and nobody pays me for it.\n\nSign up now\n\nRead next\n\nComments\n\nNo comments yet.";
        check(&format!("{prose}\n\n{tail}"), None, &[tail]);
    }

    #[test]
    fn counters_above_an_article_open_no_comment_section() {
        let prose = "The mill shut on Monday, and its owner told the town about it in the evening of the day.";
        let text = format!(
            "• 0 shares\n• 0 comments\n\n{prose}\n\n{prose}\n\nComments\n\nYour turn\n\nLog in to comment.\n\nI was there. It is true."
        );
        check(
            &text,
            None,
            &["• 0 shares\n• 0 comments", "Comments\n\nYour turn\n\nLog in to comment.\n\nI was there. It is true."],
        );
    }

    #[test]
    fn prompts_between_prose_stay_single() {
        let prose = "The mill shut on Monday, and its owner told the town about it in the evening. Forty people lost their work, and none of them has found any other since.";
        let text = format!(
            "{prose}\n\nSubscribe to our letter\n\n{prose}\n\nRead more\n\n{prose}\n\nShare this post\n\n{prose}"
        );
        check(&text, None, &["Subscribe to our letter", "Read more", "Share this post"]);
        let heading = format!("{prose}\n\nComments\n\n{prose}\n\n{prose}");
        check(&heading, None, &["Comments"]);
    }

    #[test]
    fn references_are_kept() {
        let refs = "Sources 3\n- [1] The mill, a history\n- [2] Annual report";
        check(
            &format!("The mill shut.\n\nShare this post\n\nRead next\n\nComments\n\n{refs}"),
            None,
            &["Share this post\n\nRead next\n\nComments"],
        );
    }

    #[test]
    fn answers_of_a_poll() {
        let text = "The mill shut.\n\nCast your vote:\n- Yes, it was right\n- No\n\nThe owner disagrees.";
        check(text, None, &["Cast your vote:\n- Yes, it was right\n- No"]);
    }
}
