//! Whether everybody can read the page for browsers: landmarks, labels and names in the page itself; contrast and the ring
//! of the focus as chromium computes them, in light and in dark, where it is there.

use crate::given;
use crate::html::{chromium, elements, page};
use crate::program::Folder;

#[test]
fn landmarks_labels_and_names() {
    let page = page(&given::analysed(given::seed("karpathy-anthropic")));
    let elements = elements(&page);
    let all = |wanted: &str| elements.iter().filter(|(name, _)| name == wanted).map(|(_, a)| a).collect::<Vec<_>>();
    assert_eq!(all("html")[0]["lang"], "en");
    for landmark in ["header", "nav", "main", "footer"] {
        assert_eq!(all(landmark).len(), 1, "<{landmark}>");
    }
    assert!(all("nav")[0].contains_key("aria-label") && all("form")[0]["role"] == "search");
    // The first link leads past the head.
    assert_eq!((&*all("a")[0]["href"], &*all("a")[0]["class"]), ("#main", "skip"));
    assert_eq!(all("main")[0]["id"], "main");
    // What one types into stands inside its label; the answer is read out.
    for control in ["<input", "<select"] {
        for (at, _) in page.match_indices(control) {
            let (label, end) = (page[..at].rfind("<label>"), page[..at].rfind("</label>"));
            assert!(label > end && label.is_some(), "{control} has no label");
        }
    }
    assert_eq!(all("output")[0]["aria-live"], "polite");
    for (name, attributes) in &elements {
        // What can be scrolled can be reached, and says what it is.
        if attributes.get("tabindex").is_some_and(|t| t == "0") {
            let named = attributes.contains_key("aria-label") || attributes.contains_key("aria-labelledby");
            assert!(named && attributes.get("role").is_some_and(|r| r == "region"), "<{name} tabindex=0>");
        }
        if name == "section" || name == "article" {
            assert!(attributes.contains_key("aria-labelledby"), "<{name}> has no name");
        }
        if name == "th" {
            assert!(attributes.contains_key("scope"), "a head of nothing");
        }
    }
    assert_eq!(page.matches("<details").count(), page.matches("<summary>").count());
    let picture = &page[page.find("<svg").unwrap()..];
    assert!(
        picture.split_once('>').unwrap().0.contains("role=\"img\"") || picture.contains("<title"),
        "a picture without a name"
    );
}

/// Finds words that do not stand out (WCAG 2.2, 1.4.3) and what shows no ring when it has the focus (2.4.7), and writes
/// them into the title.
const LOOK: &str = r#"<script>addEventListener('load', () => {
  for (const d of document.querySelectorAll('details')) d.open = true;
  const parse = (c) => { const n = (c.match(/[\d.]+/g) || []).map(Number); return n.length < 3 ? null : [n[0], n[1], n[2], n.length > 3 ? n[3] : 1]; };
  const light = (c) => { const f = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
  const ground = (el) => { for (let e = el; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c && c[3] > 0.99) return c; } return [255, 255, 255, 1]; };
  const bad = new Set(); let seen = 0, focused = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; (n = walk.nextNode());) {
    const el = n.parentElement;
    if (!n.data.trim() || el.closest('svg, script, style, [hidden], option') || !el.getClientRects().length) continue;
    const s = getComputedStyle(el), ink = parse(s.color), a = light(ink), b = light(ground(el));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size = parseFloat(s.fontSize);
    const large = size >= 24 || (size >= 18.66 && s.fontWeight >= 700);
    seen++;
    if (ratio < (large ? 3 : 4.5)) bad.add(`${el.tagName}.${el.className} ${ratio.toFixed(2)}`);
  }
  for (const el of document.querySelectorAll('a, summary, input, select, [tabindex="0"]')) {
    if (el.closest('svg, [hidden]')) continue;
    el.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== el) { bad.add(`${el.tagName}.${el.className} cannot be reached`); continue; }
    const s = getComputedStyle(el);
    focused++;
    if (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2) bad.add(`${el.tagName}.${el.className} shows no focus`);
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.title = `${dark ? 'dark' : 'light'} ${seen} ${focused} [${[...bad].slice(0, 9).join('; ')}]`;
});</script></body>"#;

#[test]
fn words_stand_out_and_the_focus_shows() {
    let page = page(&given::analysed(given::seed("karpathy-anthropic")));
    // The policy rightly forbids a script of somebody else's.
    let (before, after) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let looked_at = format!("{before}{}", after.split_once('>').unwrap().1).replace("</body>", LOOK);
    let folder = Folder::new("html-access");
    for (theme, setting) in [("light", "preferredColorScheme=1"), ("dark", "preferredColorScheme=0")] {
        let file = folder.file(&format!("{theme}.html"), &looked_at);
        let blink = format!("--blink-settings={setting}");
        let Some(dom) = chromium(&[&blink, "--dump-dom"], &file) else { return };
        let title = dom.split_once("<title>").and_then(|(_, t)| t.split_once("</title>")).unwrap().0;
        let words: Vec<&str> = title.splitn(4, ' ').collect();
        assert_eq!((words[0], words[3]), (theme, "[]"), "{title}");
        assert!(words[1].parse::<usize>().unwrap() > 300 && words[2].parse::<usize>().unwrap() > 200, "{title}");
    }
}
