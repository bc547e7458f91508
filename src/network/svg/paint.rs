//! A laid-out picture becomes SVG.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use crate::network::xml::escaped;
use crate::text::safe;

use super::Frame;
use super::layout::{ARCS, BOX, CLAIM, LEGEND, Layout, ORIGIN, ROW, SOURCE, WIDTH};
use super::scene::{Arc, LOUDNESS, Scene, Shown};

/// Pixels that a column of text takes at the most; the fonts of the reader are not known.
const COLUMN: i32 = 7;
/// Columns of the mark that says which source.
const MARK: i32 = 36;

/// How a kind of relation looks: dashes, width, colour on white, colour on black.
fn pen(relation: &str) -> (&'static str, &'static str, &'static str, &'static str) {
    match relation {
        "conflict" => ("none", "2.4", "#c62828", "#ff6b6b"),
        "derived-conflict" => ("9 3", "2.4", "#ad1457", "#ff79b0"),
        "updates" => ("10 3 2 3", "1.6", "#1565c0", "#64b5f6"),
        "unresolved" => ("1 4", "1.8", "#5f5f5f", "#b0b0b0"),
        "quote-variant" => ("6 2 1 2 1 2", "1.4", "#6a1b9a", "#ce93d8"),
        "quote-truncated" => ("12 4", "1.4", "#6a1b9a", "#ce93d8"),
        "quote-match" => ("16 2", "1", "#6a1b9a", "#ce93d8"),
        "refines" => ("6 3", "1.2", "#00695c", "#4db6ac"),
        "compatible" => ("3 3", "1.2", "#00695c", "#4db6ac"),
        "derived-consistent" => ("2 2", "1.2", "#2e7d32", "#81c784"),
        "same-origin" => ("1 2", "1.4", "#6d4c41", "#bcaaa4"),
        _ => ("none", "1", "#2e7d32", "#81c784"),
    }
}

/// Whether a kind of relation leads from one claim to the other.
fn leads(relation: &str) -> bool {
    matches!(relation, "updates" | "refines" | "quote-truncated")
}

/// Whether a kind of relation means that something cannot hold.
fn opposes(relation: &str) -> bool {
    matches!(relation, "conflict" | "derived-conflict")
}

/// Writes the picture.
pub(super) fn paint(scene: &Scene<'_>, layout: &Layout, frame: &Frame<'_>) -> String {
    let height = layout.height;
    let size = format!("width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\"");
    let title = title(scene);
    let mut out = match frame {
        Frame::File => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\" \
             aria-labelledby=\"title\">\n<title id=\"title\">{}</title>\n",
            shown(&title)
        ),
        // Its claims are links, so it is no single image.
        Frame::Page(_) => format!("<svg class=\"network\" {size} role=\"group\" aria-label=\"{}\">\n", shown(&title)),
    };
    if let Frame::File = frame {
        let _ = writeln!(out, "<style>\nsvg{{{FONT}}}\n{}</style>", rules());
    }
    let _ = writeln!(out, "<rect class=\"page\" width=\"{WIDTH}\" height=\"{}\"/>", layout.height);
    text(&mut out, "head", 16, 28, &cut(&title, WIDTH - 32));
    if scene.claims.len() < scene.all && matches!(frame, Frame::File) {
        let notice = format!(
            "{} of {} claims are drawn, those of conflicts and other relations first; --around NAME draws the part around \
             a name, the other formats hold all",
            scene.claims.len(),
            scene.all
        );
        text(&mut out, "notice", 16, 48, &notice);
    }
    legend(&mut out, scene);
    for ((left, _), head) in [(ORIGIN, "Origins"), (SOURCE, "Sources"), (CLAIM, "Claims")] {
        if head != "Origins" || !scene.origins.is_empty() {
            text(&mut out, "head", left, layout.top - 10, head);
        }
    }
    if !scene.arcs.is_empty() {
        text(&mut out, "head", ARCS, layout.top - 10, "Relations");
    }
    // Lines first, so that boxes and words lie on them.
    for &(source, origin) in &scene.witnesses {
        let (a, b) = (layout.sources[source], layout.origins[origin]);
        let _ = writeln!(out, "{}", wire("from", (SOURCE.0, a), (ORIGIN.0 + ORIGIN.1, b)));
    }
    for (at, claim) in scene.claims.iter().enumerate() {
        claim_row(&mut out, layout, at, claim, frame);
    }
    for ((entity, members), &y) in scene.groups.iter().zip(&layout.headings) {
        let name = entity.map_or("about nothing that is named", |e| e.label.as_str());
        let kind = entity.filter(|e| e.kind != "any").map(|e| format!(", {}", e.kind)).unwrap_or_default();
        let words = format!("{} ({}{kind})", cut(name, CLAIM.1 - 200), members.len());
        let _ = writeln!(out, "<g class=\"entity\"><title>{}</title>", shown(name));
        text(&mut out, "entity", CLAIM.0, y + 5, &words);
        let _ = writeln!(out, "<path d=\"M{} {}h{}\"/></g>", CLAIM.0, y + 10, CLAIM.1);
    }
    for (at, source) in scene.sources.iter().enumerate() {
        let dated = [source.publisher.as_deref(), source.published.as_deref()];
        let below = dated.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let all = format!("{}\n{}\n{below}", source.label, source.path);
        let first = format!("S{} {}", at + 1, source.label);
        let second = if below.is_empty() { &source.path } else { &below };
        boxed(&mut out, "source", SOURCE, layout.sources[at], &all, &[&first, second]);
    }
    for (origin, &y) in scene.origins.iter().zip(&layout.origins) {
        boxed(&mut out, "origin", ORIGIN, y, &origin.label, &[&origin.label]);
    }
    for (arc, &reach) in scene.arcs.iter().zip(&layout.reaches) {
        relation(&mut out, scene, (layout.claims[arc.from], layout.claims[arc.to]), reach, arc);
    }
    out.push_str("</svg>\n");
    out
}

/// What is shown, in a line.
fn title(scene: &Scene<'_>) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let named = scene.groups.iter().filter(|(e, _)| e.is_some()).count();
    let entities = if named == 1 { "1 entity".to_owned() } else { format!("{named} entities") };
    let of = if scene.around.is_empty() { String::new() } else { format!("Around {}: ", scene.around.join(", ")) };
    format!(
        "{of}{}, {} about {entities}, {}",
        count(scene.sources.len(), "source"),
        count(scene.claims.len(), "claim"),
        count(scene.arcs.len(), "relation")
    )
}

/// What holds for a whole picture.
pub(super) const FONT: &str = "color-scheme:light dark;font:12px system-ui,\"Segoe UI\",Helvetica,Arial,sans-serif";

/// The style sheet but for [`FONT`]; a reader's dark theme is followed.
pub(super) fn rules() -> String {
    let mut out = String::from(concat!(
        ".page{fill:#fff}text{fill:#1c1c1c;white-space:pre}.head,.entity text{font-weight:600}\n",
        ".notice{fill:#8a4b00}.muted{fill:#5c5c5c}.mark{fill:#5c5c5c;font-size:10px}\n",
        "rect.source{fill:#eef3fa;stroke:#7a8ca5}rect.origin{fill:#f7f1e6;stroke:#a58f6a;stroke-dasharray:4 2}\n",
        "path{fill:none}.entity path{stroke:#c9c9c9}.says{stroke:#9fb2cc;stroke-opacity:.35}\n",
        ".from{stroke:#a58f6a;stroke-opacity:.6;stroke-dasharray:2 3}\n",
        ".claim:hover .says,.claim:hover .from{stroke-opacity:1;stroke-width:2}.row{fill:transparent}\n",
        ".claim:hover .row{fill:#f0f0f0}.relation:hover path{stroke-width:4}\n",
    ));
    for relation in LOUDNESS {
        let (dashes, width, light, _) = pen(relation);
        let _ = writeln!(
            out,
            ".{relation}{{stroke:{light};stroke-width:{width};stroke-dasharray:{dashes}}}circle.{relation}{{fill:{light}}}"
        );
    }
    out.push_str(concat!(
        "path.cross{stroke-dasharray:none}\n",
        "@media(prefers-color-scheme:dark){.page{fill:#16181c}text{fill:#e6e6e6}.notice{fill:#ffb74d}\n",
        ".muted,.mark{fill:#a8a8a8}rect.source{fill:#212a36;stroke:#6d83a1}rect.origin{fill:#2e281d;stroke:#9c875f}\n",
        ".entity path{stroke:#444}.claim:hover .row{fill:#262a30}\n",
    ));
    for relation in LOUDNESS {
        let (_, _, _, dark) = pen(relation);
        let _ = writeln!(out, ".{relation}{{stroke:{dark}}}circle.{relation}{{fill:{dark}}}");
    }
    out.push_str("}\n");
    out
}

/// The relations that the picture holds, loudest first, each with a piece of its line.
fn legend(out: &mut String, scene: &Scene<'_>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for arc in &scene.arcs {
        *counts.entry(arc.edge.kind).or_default() += 1;
    }
    let (row, entries) = LEGEND;
    let step = (WIDTH - 32) / entries as i32;
    let drawn = LOUDNESS.iter().filter_map(|name| Some((*name, *counts.get(name)?)));
    for (at, (name, count)) in drawn.enumerate() {
        let x = 16 + step * (at % entries) as i32;
        let y = 66 + row * (at / entries) as i32;
        let _ = writeln!(out, "<path class=\"{name}\" d=\"M{x} {y}h44\"/>");
        marks(out, name, (x + 22, y), (x + 44, y));
        let toward = match name {
            "updates" => ", dot: later",
            "refines" => ", dot: finer",
            "quote-truncated" => ", dot: shorter",
            _ => "",
        };
        text(out, "muted", x + 52, y + 4, &format!("{name} ({count}){toward}"));
    }
}

/// A cross in the middle of what opposes, a dot at the end of what leads somewhere.
fn marks(out: &mut String, kind: &str, middle: (i32, i32), end: (i32, i32)) {
    if opposes(kind) {
        let (x, y) = (middle.0 - 5, middle.1 - 5);
        let _ = writeln!(out, "<path class=\"{kind} cross\" d=\"M{x} {y}l10 10m0 -10l-10 10\"/>");
    }
    if leads(kind) {
        let _ = writeln!(out, "<circle class=\"{kind}\" cx=\"{}\" cy=\"{}\" r=\"3\"/>", end.0, end.1);
    }
}

fn claim_row(out: &mut String, layout: &Layout, at: usize, shown_claim: &Shown<'_>, frame: &Frame<'_>) {
    let (claim, y) = (shown_claim.claim, layout.claims[at]);
    let place = format!("{}:{}:{}", claim.path, claim.line, claim.column);
    let mut said: Vec<String> = Vec::new();
    if claim.polarity == "negative" {
        said.push("denied".to_owned());
    }
    if !matches!(claim.modality, "asserted" | "reported" | "negated") {
        said.push(claim.modality.to_owned());
    }
    said.extend(claim.attributed_to.as_ref().map(|who| format!("according to {who}")));
    let said = said.join(", ");
    let mut tip = format!("{}: {}", claim.called, claim.value);
    for more in
        [claim.subject.as_deref().map(|s| format!("of {s}")), Some(said.clone()), Some(place), Some(claim.text.clone())]
    {
        if let Some(more) = more.filter(|m| !m.is_empty()) {
            tip.push('\n');
            tip.push_str(&more);
        }
    }
    let link = match frame {
        Frame::Page(link) => link(claim),
        Frame::File => None,
    };
    let _ = writeln!(out, "<g class=\"claim\"><title>{}</title>", lines(&tip));
    if let Some(place) = &link {
        let _ = writeln!(out, "<a href=\"{}\">", shown(place));
    }
    if let Some(origin) = shown_claim.origin {
        let end = (ORIGIN.0 + ORIGIN.1, layout.origins[origin]);
        let _ = writeln!(out, "{}", wire("from", (CLAIM.0 - 4, y), end));
    }
    if let Some(source) = shown_claim.source {
        let end = (SOURCE.0 + SOURCE.1, layout.sources[source]);
        let _ = writeln!(out, "{}", wire("says", (CLAIM.0 - 4, y), end));
    }
    let _ = writeln!(
        out,
        "<rect class=\"row\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{ROW}\"/>",
        CLAIM.0,
        y - ROW / 2,
        CLAIM.1
    );
    let mark = shown_claim.source.map(|s| format!("S{}", s + 1)).unwrap_or_default();
    text(out, "mark", CLAIM.0, y + 4, &mark);
    // The attribute may take a third of the line; the value comes before who says it.
    let room = CLAIM.1 - MARK;
    let attribute = cut(&claim.called, room / 3);
    let room = room - width(&attribute) - 2 * COLUMN;
    let value = cut(&claim.value, room);
    let room = room - width(&value) - 2 * COLUMN;
    let said = Some(said).filter(|s| room > 12 * COLUMN && !s.is_empty()).map(|s| cut(&s, room));
    let said = said.map(|s| format!("  <tspan class=\"muted\">{}</tspan>", shown(&s))).unwrap_or_default();
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\"><tspan class=\"muted\">{}</tspan>  {}{said}</text>\n{}</g>",
        CLAIM.0 + MARK,
        y + 4,
        shown(&attribute),
        shown(&value),
        if link.is_some() { "</a>" } else { "" }
    );
}

fn relation(out: &mut String, scene: &Scene<'_>, (a, b): (i32, i32), reach: i32, arc: &Arc<'_>) {
    let kind = arc.edge.kind;
    let at = |claim: usize| {
        let c = scene.claims[claim].claim;
        format!("{}, {}:{}:{}", c.value, c.path, c.line, c.column)
    };
    let mut tip = kind.to_owned();
    if let Some(r) = &arc.edge.relation {
        let _ = write!(
            tip,
            " ({}, {}): {}",
            r.severity,
            r.rule,
            if r.message.is_empty() { &r.because } else { &r.message }
        );
    }
    let _ = write!(tip, "\n{}\n{}", at(arc.from), at(arc.to));
    // The middle of a cubic curve lies at three quarters of its handles.
    let handle = ARCS + reach * 4 / 3;
    let _ = writeln!(out, "<g class=\"relation\"><title>{}</title>", lines(&tip));
    let _ = writeln!(out, "<path class=\"{kind}\" d=\"M{ARCS} {a}C{handle} {a} {handle} {b} {ARCS} {b}\"/>");
    marks(out, kind, (ARCS + reach, (a + b) / 2), (ARCS, b));
    out.push_str("</g>\n");
}

fn boxed(out: &mut String, class: &str, (left, wide): (i32, i32), y: i32, tip: &str, words: &[&str]) {
    let _ = writeln!(out, "<g><title>{}</title>", lines(tip));
    let _ = writeln!(
        out,
        "<rect class=\"{class}\" x=\"{left}\" y=\"{}\" width=\"{wide}\" height=\"{BOX}\" rx=\"4\"/>",
        y - BOX / 2
    );
    let first = y + 4 - 8 * (words.len() as i32 - 1);
    for (at, line) in words.iter().enumerate() {
        let class = if at == 0 { "label" } else { "muted" };
        text(out, class, left + 8, first + 15 * at as i32, &cut(line, wide - 16));
    }
    out.push_str("</g>\n");
}

/// A line from the left edge of one column to the right edge of another.
fn wire(class: &str, (x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> String {
    let middle = (x1 + x2) / 2;
    format!("<path class=\"{class}\" d=\"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}\"/>")
}

fn text(out: &mut String, class: &str, x: i32, y: i32, words: &str) {
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", shown(words));
}

/// Text of a source in one line: harmless, then escaped.
fn shown(text: &str) -> String {
    escaped(&safe(text))
}

/// The same, its own line breaks kept: each line is made harmless by itself.
fn lines(text: &str) -> String {
    text.lines().map(shown).collect::<Vec<_>>().join("\n")
}

fn columns(c: char) -> i32 {
    c.width().unwrap_or(1) as i32
}

fn width(text: &str) -> i32 {
    text.chars().map(columns).sum::<i32>() * COLUMN
}

/// The text, cut with an ellipsis where it is wider than so many pixels.
fn cut(text: &str, pixels: i32) -> String {
    if width(text) <= pixels {
        return text.to_owned();
    }
    let mut room = pixels / COLUMN - 1;
    let fits = text.chars().take_while(|c| {
        room -= columns(*c);
        room >= 0
    });
    let kept: String = fits.collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Relation;

    #[test]
    fn every_relation_has_a_pen_of_its_own() {
        let mut pens: Vec<_> = Relation::ALL.iter().map(|r| pen(r.name())).collect();
        assert!(Relation::ALL.iter().all(|r| LOUDNESS.contains(&r.name())));
        assert_eq!(pens.len(), LOUDNESS.len());
        // Two may share a colour, never dashes and width.
        pens.sort_unstable();
        pens.dedup_by_key(|p| (p.0, p.1));
        assert_eq!(pens.len(), LOUDNESS.len());
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(cut("abcdef", 42), "abcdef");
        assert_eq!(cut("abcdefg", 42), "abcde…");
        assert_eq!(cut("中文中文", 42), "中文…");
        assert_eq!(cut("anything", 0), "…");
    }
}
