//! The way of a document, stage by stage: the table of contents of belie in code.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::align::{Neighbourhood, Passages};
use crate::candidate::{self, Block, CLUSTERS, Met};
use crate::check;
use crate::claim::{Claim, Extraction, Extractor, stand_for};
use crate::compare::{self, CompareContext, Contrasts, NearMiss, Observed, Outcome, Suppressed};
use crate::entity::{merge, stand_in};
use crate::finding::{self, Analysis, Capped, Coverage, Finding, Ground, findings};
use crate::graph::{Chains, GateName, Grounds, Link, Relation, Severity};
use crate::mention::{Anchor, Lean, Mention, MentionKind, Reader, Reference, Values, timex};
use crate::network::Network;
use crate::origin::{self, Origins, Signs};
use crate::problem::{Level, Problem};
use crate::rule::{Rules, Setting};
use crate::segment::{Segment, segments};
use crate::source::Document;
use crate::store::{Cache, Contribution};

use super::parallel;
use super::reach::{self, Reach};
use super::{Listener, Stage};

/// What a run is given besides its documents and rules; checked, nothing here is validated again.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Assumed date of documents that have none.
    pub as_of: Option<jiff::civil::Date>,
    /// Threads; the result does not depend on it.
    pub jobs: usize,
    /// Rules whose findings are kept; empty keeps all.
    pub select: Vec<String>,
    /// Rules whose findings are dropped.
    pub ignore: Vec<String>,
    /// Severities by rule; `None` switches the rule off.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// Path and sha256 of the configuration that was read.
    pub config: Option<(String, String)>,
    /// How sure a conflict has to be to be shown, in thousandths; without it, the rules that rest on evidence say it of theirs.
    pub min_confidence: Option<u16>,
    /// Further names of entities: the name, and the others.
    pub aliases: Vec<(String, Vec<String>)>,
    /// Owners of sources: those of one owner are one origin.
    pub owners: BTreeMap<String, String>,
    /// Where the first pass is kept from run to run, if anywhere; the result does not depend on it.
    pub cache: Option<Arc<Cache>>,
    /// Who is told how far the run is.
    pub listener: Option<Listener>,
}

impl Settings {
    fn tell(&self, stage: Stage) {
        if let Some(listener) = &self.listener {
            listener.tell(stage);
        }
    }
}

/// Runs every stage over the documents. Making an extractor compiles the rules: one serves a whole run.
pub fn analyse(
    documents: Vec<Document>,
    problems: Vec<Problem>,
    extractor: &Extractor<'_>,
    settings: &Settings,
) -> Analysis {
    examine(documents, problems, extractor, settings).analysis
}

/// [`analyse`], with what it takes to answer questions about the analysis.
pub fn examine<'a>(
    documents: Vec<Document>,
    problems: Vec<Problem>,
    extractor: &'a Extractor<'a>,
    settings: &Settings,
) -> Examined<'a> {
    link(extract(documents, extractor, settings), problems, None, extractor, settings)
}

/// A statement that is checked against the other documents, and how far judging goes for it.
struct QueryScope<'q> {
    id: &'q str,
    reach: Reach,
}

/// A document with what the first pass made of it.
#[derive(Debug, Clone)]
pub struct Extracted {
    document: Document,
    contribution: Contribution,
}

impl Extracted {
    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }
}

/// The first pass: each document by itself.
pub fn extract(documents: Vec<Document>, extractor: &Extractor<'_>, settings: &Settings) -> Vec<Extracted> {
    let (done, total) = (AtomicUsize::new(0), documents.len());
    let contributions = parallel::map(&documents, settings.jobs, |_, d| {
        let contribution = contribution(d, extractor, settings);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        settings.tell(Stage::Extracting { done, total });
        contribution
    });
    if let Some(cache) = &settings.cache {
        cache.trim();
    }
    let both = documents.into_iter().zip(contributions);
    both.map(|(document, contribution)| Extracted { document, contribution }).collect()
}

/// A statement checked against sources: all that a run over both finds.
pub struct Queried<'a> {
    /// What was found, and what it takes to answer questions about it.
    pub examined: Examined<'a>,
    /// The document of the statement, by index.
    pub query: u32,
    /// What the statement says one by one: its sentences, items, headings and cells.
    pub segments: Vec<Segment>,
}

/// Puts a statement to sources that have been extracted: the pipeline of [`analyse`] over all of them. But the
/// statement is of their event cluster, whatever few words it has, and evidence sets it beside every document of that, and these not beside
/// each other. Its id is none of theirs. What the sources
/// say to each other is left out where only the statement counts: `reach`.
pub fn run_query<'a>(
    statement: Document,
    sources: &[Extracted],
    reach: Reach,
    extractor: &'a Extractor<'a>,
    settings: &Settings,
) -> Queried<'a> {
    let uncached = Settings { cache: None, ..settings.clone() };
    let contribution = contribution(&statement, extractor, &uncached);
    let segments = contribution.segments.clone();
    let id = statement.id.clone();
    let mut all = sources.to_vec();
    all.push(Extracted { document: statement, contribution });
    let examined = link(all, Vec::new(), Some(&QueryScope { id: &id, reach }), extractor, settings);
    let query = examined.analysis.documents.iter().position(|d| d.id == id).unwrap_or_default() as u32;
    Queried { examined, query, segments }
}

/// Everything over all claims. `scope` says which document is checked against the others.
fn link<'a>(
    mut extracted: Vec<Extracted>,
    problems: Vec<Problem>,
    scope: Option<&QueryScope<'_>>,
    extractor: &'a Extractor<'a>,
    settings: &Settings,
) -> Examined<'a> {
    settings.tell(Stage::Comparing);
    let rules = extractor.rules();
    extracted.sort_by(|a, b| a.document.id.cmp(&b.document.id));
    let mut claims: Vec<Claim> = Vec::new();
    let mut documents: Vec<Document> = Vec::new();
    let (mut known, mut posts, mut shingles, mut credits) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut telling, mut segments, mut passages) = (Vec::new(), Vec::new(), Vec::new());
    for (source, Extracted { document, contribution }) in (0..).zip(extracted) {
        documents.push(document);
        claims.extend(contribution.claims.into_iter().map(|claim| Claim { source, ..claim }));
        known.push(contribution.known);
        posts.push(contribution.posts);
        shingles.push(contribution.shingles);
        credits.push(contribution.credit);
        telling.push(contribution.telling);
        segments.push(contribution.segments);
        passages.push(contribution.passages);
    }
    // Facts of all documents, merged, and fixed from here on.
    let mut merged = merge(&known, &settings.aliases, extractor.lookup());
    let main = candidate::main_entities(&known, &merged);
    let mut event_clusters = candidate::event_clusters(&telling);
    let asked = scope.and_then(|q| documents.iter().position(|d| d.id == q.id));
    let own = asked.filter(|_| scope.is_some_and(|q| q.reach == Reach::Statement)).map(|at| at as u32);
    let query = asked.map(|at| {
        candidate::join_query(at, &telling, &documents, &mut event_clusters);
        compare::Query::new(at as u32, &passages, &documents, &claims)
    });
    stand_for(&mut claims, &stand_in(&posts, &known, &event_clusters, &mut merged));
    // What no rule names. A statement is set beside all that its event cluster has.
    let sentences: Vec<usize> = passages.iter().map(|p| p.len()).collect();
    let related = match asked {
        None => candidate::related(&telling, &sentences),
        Some(at) => candidate::pairs_with(at, &event_clusters),
    };
    let passages = Passages::new(passages, &related, &documents, &merged, extractor.lookup());
    let stated = compare::statements(&claims);
    let repeated = candidate::repeated(&claims, &documents, &event_clusters);
    let is_stated = |d: u32, at: usize| {
        passages.span(d, at).and_then(|span| stated.get(&(d, span))).is_some_and(|claim| !repeated.contains(claim))
    };
    let met = candidate::sentences(&passages, &related, is_stated);
    let pairs_met = met.len();
    let near = |at: usize| compare::nearest(&passages, &met, at as u32, &documents);
    let nearest = asked.map(near).unwrap_or_default();
    let setting = asked.map_or(Setting::Documents, |_| Setting::Statement);
    let least = (setting, settings.min_confidence);
    let texts = (claims.as_slice(), documents.as_slice());
    let spotter = compare::Spotter::new(&passages, &met, &stated, texts, (rules, extractor.lookup()), least);
    let by_document: Vec<&[Met]> = met.chunk_by(|m, n| m.a.0 == n.a.0).collect();
    let contrasts = Contrasts::joined(parallel::map(&by_document, settings.jobs, |_, met| spotter.spot(met)));
    let details =
        compare::detail(&mut claims, &contrasts.likely, (&documents, &event_clusters, &passages), rules, least);
    let mut beside = candidate::statements(&claims, &documents, &event_clusters, query.is_some(), extractor.lookup());
    beside.extend(candidate::holders(&claims, &event_clusters));
    let beside: Vec<(usize, usize)> = beside.into_iter().collect();
    let statements = compare::Statements {
        claims: &claims,
        documents: &documents,
        passages: &passages,
        query: query.as_ref(),
        lookup: extractor.lookup(),
        measures: rules.measures(),
    };
    let met = parallel::map(&beside, settings.jobs, |_, (a, b)| statements.judge(*a, *b));
    let claims = candidate::keep_answered(claims, beside.into_iter().zip(met), asked.map(|at| at as u32));
    let signs = shingles.iter().zip(&credits);
    let signs: Vec<Signs<'_>> = signs.map(|(s, c)| Signs { shingles: s, credit: c.as_deref() }).collect();
    let origins = Origins::new(&documents, &signs, &settings.owners);
    // Second pass: blocks of comparable claims.
    let blocks = candidate::blocks(&claims, &merged, &main, &event_clusters);
    let surroundings = compare::Surroundings::new(&claims, &documents, &event_clusters, extractor.lookup());
    let sightings = compare::Sightings::new(&claims, &documents, &event_clusters);
    let context = CompareContext {
        claims: &claims,
        documents: &documents,
        merged: &merged,
        main: &main,
        event_clusters: &event_clusters,
        passages: &passages,
        surroundings: &surroundings,
        sightings: &sightings,
        scratch: &compare::Scratch::default(),
        query: query.as_ref(),
        min_confidence: settings.min_confidence,
        rules,
        lookup: extractor.lookup(),
    };
    let side = |c: &Claim| match candidate::dimension(c) {
        Some(_) if !c.noise => passages.neighbourhood(c.source, c.value_span, extractor.lookup()),
        _ => Neighbourhood::default(),
    };
    let sides: Vec<Neighbourhood> = parallel::map(&claims, settings.jobs, |_, c| side(c));
    let candidates = candidate::candidates(&claims, &related, &sides);
    let weighed = parallel::map(&candidates, settings.jobs, |_, c| compare::Judged::new(&context, *c));
    let observer = compare::Observer::new(&context, &weighed, &sides);
    let by_document: Vec<&[compare::Judged]> =
        weighed.chunk_by(|p, q| p.document(&claims) == q.document(&claims)).collect();
    let observed = parallel::map(&by_document, settings.jobs, |_, judged| observer.observe(judged));
    let observed = Observed::joined(observed);
    let judged: Vec<Option<Judged>> = match own {
        Some(own) => reach::judged(&claims, &blocks, own, settings.jobs, |b| judge(&context, b), |j| &j.links),
        None => parallel::map(&blocks, settings.jobs, |_, b| Some(judge(&context, b))),
    };
    let mut coverage = coverage(&documents, &claims, rules, &problems);
    coverage.pairs_weighed = candidates.len() + pairs_met;
    let beside_itself = |d: u32| asked.is_some() || related.binary_search(&(d, d)).is_ok();
    for (d, n) in (0u32..).zip(sentences).filter(|(d, _)| !beside_itself(*d)) {
        let block = format!("sentences of {}", documents[d as usize].id);
        coverage.capped.push(Capped { block, clusters: n, compared: 0 });
    }
    let (mut links, mut suppressed) = (Vec::new(), Vec::new());
    for (block, j) in blocks.iter().zip(judged) {
        let Some(mut j) = j else { continue };
        links.append(&mut j.links);
        suppressed.append(&mut j.suppressed);
        coverage.pairs_considered += j.considered;
        coverage.pairs_compared += j.compared;
        for (gate, n) in j.stopped {
            *coverage.stopped_by.entry(gate).or_default() += n;
        }
        if block.clusters.len() > CLUSTERS {
            coverage.capped.push(Capped {
                block: block.key.clone(),
                clusters: block.clusters.len(),
                compared: CLUSTERS,
            });
        }
    }
    tidy(&mut links);
    // What a rule that is switched off would say takes nothing from the others.
    let confidence = compare::ConflictConfidence::new(&observed, &contrasts);
    links.retain(|l| !off(l, settings) && confidence.is_enough(&context, l));
    let mut shown: Vec<Link> = links.iter().filter(|l| l.relation == Relation::Conflict).cloned().collect();
    shown.retain_mut(|l| allowed(l, settings));
    let mut weighed = compare::weigh(&context, &observed.seen, &sides, &links, &shown);
    weighed.append(&mut compare::differ(&context, &details, &shown));
    weighed.retain_mut(|l| allowed(l, settings));
    links.append(&mut weighed);
    tidy(&mut links);
    suppressed.append(&mut compare::yield_to_others(&claims, &mut links));
    // Consistency constraints, then what all of it comes to.
    let chains = Chains::new(claims.len(), &links);
    let mut checks = check::check(&check::CheckContext::new(context, &chains, &origins, &segments, own));
    links.append(&mut checks.links);
    links.retain_mut(|l| allowed(l, settings));
    tidy(&mut links);
    let chains = Chains::new(claims.len(), &links);
    coverage.unresolved = links.iter().filter(|l| l.relation == Relation::Unresolved).count();
    coverage.not_checked = checks.not_checked;
    checks.lone.retain_mut(|l| allowed(l, settings));
    let speaking: Vec<Link> = links.iter().chain(&checks.lone).cloned().collect();
    let findings = findings(&context, &speaking, &chains, &origins);
    let analysis = Analysis {
        config: settings.config.clone(),
        rules_hash: rules.hash.clone(),
        origins: origins.names().to_vec(),
        links,
        called: Arc::clone(&rules.called),
        spoken: finding::spoken(&findings, rules),
        findings,
        gone: Vec::new(),
        checked: checks.checked,
        coverage,
        problems,
        claims,
        documents,
        entities: merged,
        behind: origins,
    };
    settings.tell(Stage::Done);
    let scratch = compare::Scratch::default();
    Examined {
        analysis,
        extractor,
        main,
        event_clusters,
        passages,
        surroundings,
        sightings,
        scratch,
        query,
        min_confidence: settings.min_confidence,
        blocks,
        suppressed,
        observed: observed.seen,
        spotted: contrasts.likely,
        nearest,
    }
}

/// The first pass over one document, or what is kept of an earlier one.
fn contribution(document: &Document, extractor: &Extractor<'_>, settings: &Settings) -> Contribution {
    let extract = || {
        let Extraction { segments, mut claims, known, posts, passages } = extractor.extract(document, settings.as_of);
        claims.retain(|c| !document.ignores(c.value_span));
        let shingles = origin::shingles(document, &segments);
        let credit = origin::credit(document, &segments, extractor.lookup());
        let telling = candidate::telling(document, &segments, &known, extractor.lookup());
        Contribution { claims, known, posts, shingles, credit, telling, segments, passages }
    };
    match &settings.cache {
        Some(cache) => cache.contribution(document, &extractor.rules().hash, settings.as_of, extract),
        None => extract(),
    }
}

/// Sorted by ends; of two links of one pair and type the one whose rule comes first.
fn tidy(links: &mut Vec<Link>) {
    links.sort_by(|x, y| (x.a, x.b, x.relation, &x.rule).cmp(&(y.a, y.b, y.relation, &y.rule)));
    links.dedup_by(|x, y| (x.a, x.b, x.relation) == (y.a, y.b, y.relation));
}

/// Whether the rule of a link is switched off.
fn off(link: &Link, settings: &Settings) -> bool {
    settings.ignore.contains(&link.rule) || settings.severities.get(&link.rule) == Some(&None)
}

/// Applies selection and severities.
fn allowed(link: &mut Link, settings: &Settings) -> bool {
    let chosen = settings.select.is_empty()
        || settings.select.contains(&link.rule)
        || matches!(link.relation, Relation::Agree | Relation::QuoteMatch);
    match settings.severities.get(&link.rule) {
        Some(None) => return false,
        // A severity is that of a check that fails; one that holds stays a note.
        Some(Some(severity)) if link.relation != Relation::DerivedConsistent => link.severity = *severity,
        _ => {}
    }
    let sure = link.relation != Relation::Conflict || link.confidence >= settings.min_confidence.unwrap_or(0);
    chosen && sure && !off(link, settings)
}

fn coverage(documents: &[Document], claims: &[Claim], rules: &Rules, problems: &[Problem]) -> Coverage {
    Coverage {
        documents: documents.len(),
        refused: problems
            .iter()
            .filter(|p| p.level == Level::Error)
            .map(|p| (p.path.clone(), p.message.clone()))
            .collect(),
        claims: claims.iter().filter(|c| !c.noise).count(),
        rules_run: rules.extract.len() + rules.kinds.len() + rules.relate.len() + rules.check.len(),
        ..Coverage::default()
    }
}

/// What came of one block.
#[derive(Debug, Default)]
struct Judged {
    links: Vec<Link>,
    suppressed: Vec<(Link, Suppressed)>,
    considered: usize,
    compared: usize,
    stopped: BTreeMap<GateName, usize>,
}

/// Compares the clusters of a block, each with each, by the claim that speaks for each; members of a cluster agree.
fn judge(context: &CompareContext<'_>, block: &Block) -> Judged {
    let context = &CompareContext { scratch: &compare::Scratch::default(), ..*context };
    let mut out = Judged::default();
    // The first of the pairs of which a rule speaks, but for what is only later: there another may be of the same time.
    let mut pair = |pairs: &[(u32, u32)]| {
        out.considered += 1;
        let (mut found, mut stopped) = (None, None);
        for &(a, b) in pairs {
            match compare::compare(context, a, b) {
                Outcome::Linked(link) if link.relation != Relation::Updates => {
                    found = Some(link);
                    break;
                }
                Outcome::Linked(link) => found = found.or(Some(link)),
                Outcome::Silent => stopped = None,
                // What they are of, all of them have in common; they differ in wording and in the dates of their documents.
                Outcome::Stopped(gate @ (GateName::Attribute | GateName::Unit | GateName::Scope)) => {
                    stopped = Some(gate);
                    break;
                }
                Outcome::Stopped(gate) => stopped = Some(gate),
            }
        }
        match (found, stopped) {
            (None, Some(gate)) => *out.stopped.entry(gate).or_default() += 1,
            (found, _) => {
                out.compared += 1;
                out.links.extend(found.map(|link| *link));
            }
        }
    };
    for cluster in block.clusters.iter().filter(|c| c.claims.len() > 1) {
        for &other in &cluster.claims[1..] {
            pair(&[(cluster.claims[0], other)]);
        }
    }
    let clusters = block.compared();
    for (i, x) in clusters.iter().enumerate() {
        for y in &clusters[i + 1..] {
            pair(&candidate::speaking(x, y, context.claims));
        }
    }
    (out.links, out.suppressed) = compare::settle(context, block, std::mem::take(&mut out.links));
    out
}

/// Hands every mention of a document to `each`, in order: values and quotations alone, read as for claims but without
/// what makes claims of them, sentence by sentence.
pub fn recognise(document: &Document, rules: &Rules, settings: &Settings, each: impl FnMut(Mention)) {
    let day = document.published.or(settings.as_of);
    let reference = day.map(|day| Reference { day, time: None, offset: None });
    recognise_at(document, rules, reference, each);
}

/// [`recognise`] with a reference of its own, which may know the time of day.
pub fn recognise_at(document: &Document, rules: &Rules, reference: Option<Reference>, mut each: impl FnMut(Mention)) {
    let text = document.text.as_str();
    let mut before = None;
    let mut found: Vec<Mention> = Vec::new();
    let mut read = |values| {
        let Values { sentence, amounts, ordinals, times, quotes } = values;
        let mut add = |span, kind| found.push(Mention { span, kind });
        for s in ordinals {
            add(s.span, MentionKind::Ordinal(s.ordinal));
        }
        for q in amounts {
            add(q.span, MentionKind::Quantity(q.quantity));
        }
        for t in times {
            // "two weeks later" leans on the time before it; only where there is none, on the document.
            let stated = match &before {
                Some(before) if t.expression.anchor() == Anchor::Text => t.expression.counted_from(before),
                _ => reference,
            };
            let lean = Lean::of(text, sentence, t.span, rules.measures());
            let timex = timex(&t.expression, stated, lean).with_orders(t.span.of(text));
            if timex.every.is_none() && (timex.value.earliest.is_some() || timex.value.latest.is_some()) {
                before = Some(timex.value.clone());
            }
            add(t.span, MentionKind::Time(timex));
        }
        for q in quotes {
            add(q, MentionKind::Quote);
        }
        // Sentences come in the order of the text: what is sorted within them is sorted.
        found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        found.drain(..).for_each(&mut each);
    };
    let mut reader = Reader::new(text, rules.measures());
    segments(document, |segment| reader.values(&segment, &mut read));
}

/// An analysis with the merged facts that it was made from, for questions about it.
pub struct Examined<'a> {
    /// What was found.
    pub analysis: Analysis,
    extractor: &'a Extractor<'a>,
    main: Vec<Vec<u32>>,
    event_clusters: Vec<u32>,
    /// The sentences with their trees.
    pub passages: Passages,
    surroundings: compare::Surroundings,
    sightings: compare::Sightings,
    scratch: compare::Scratch,
    query: Option<compare::Query>,
    min_confidence: Option<u16>,
    blocks: Vec<Block>,
    suppressed: Vec<(Link, Suppressed)>,
    /// What is seen of each candidate.
    pub observed: Vec<compare::Seen>,
    /// What is seen of every contrast.
    pub spotted: Vec<compare::Spotted>,
    /// The passages that come nearest to the sentences of a statement.
    pub nearest: Vec<compare::Nearest>,
}

/// What became of a pair of claims.
#[derive(Debug)]
pub enum Fate<'a> {
    /// They are linked, by all of these.
    Linked(Vec<&'a Link>),
    /// No block holds both: these are the keys of the one, and these of the other. Boilerplate has none.
    Apart(Vec<String>, Vec<String>),
    /// A gate stopped them.
    Stopped(GateName, Grounds),
    /// All gates let them through, and no rule speaks of them; these come nearest.
    Silent(Grounds, Vec<NearMiss>),
    /// A rule found a conflict, and what the block knows took it back.
    Suppressed(&'a Link, Suppressed),
    /// Others that say the same speak for them: these, and what became of those.
    SpokenFor((u32, u32), Box<Fate<'a>>),
    /// This block that holds both is too large to be compared whole, and they are in no part of it together.
    Capped(String),
    /// The rule that links them is switched off.
    Off(Link),
}

/// Whether a link joins two claims, either way round.
fn joins(link: &Link, a: u32, b: u32) -> bool {
    [(link.a, link.b), (link.b, link.a)].contains(&(a, b))
}

impl Examined<'_> {
    /// What became of a pair of claims, and why.
    pub fn fate(&self, a: u32, b: u32) -> Fate<'_> {
        if let Some(linked) = self.linked(a, b) {
            return linked;
        }
        let (left, right) = (self.keys(a), self.keys(b));
        if !left.iter().any(|key| right.contains(key)) {
            return Fate::Apart(left, right);
        }
        if let Some(back) = self.suppressed(a, b) {
            return back;
        }
        let speakers: Vec<(u32, u32)> =
            self.blocks.iter().flat_map(|block| block.speakers(&self.analysis.claims, a, b)).collect();
        let own = |s: &(u32, u32)| [(a, b), (b, a)].contains(s);
        if speakers.is_empty() {
            return Fate::Capped(left.into_iter().find(|key| right.contains(key)).unwrap_or_default());
        }
        let outcome = compare::compare(&self.context(), a, b);
        let (direct, linked) = (speakers.iter().any(own), matches!(outcome, Outcome::Linked(_)));
        if !direct || linked {
            // What the rules say of the pair itself is said of those that speak for it, or they have their own say.
            let mut others = speakers.into_iter().filter(|s| !own(s));
            let decided = |s: &(u32, u32)| Some((*s, self.linked(s.0, s.1).or_else(|| self.suppressed(s.0, s.1))?));
            let spoken = others.clone().find_map(|s| decided(&s));
            let mut first =
                || others.next().map(|s| (s, self.undecided(s, compare::compare(&self.context(), s.0, s.1))));
            if let Some((pair, fate)) = spoken.or_else(|| first().filter(|_| !direct && linked)) {
                return Fate::SpokenFor(pair, Box::new(fate));
            }
        }
        self.undecided((a, b), outcome)
    }

    /// The links of the analysis that join a pair.
    fn linked(&self, a: u32, b: u32) -> Option<Fate<'_>> {
        let links: Vec<&Link> = self.analysis.links.iter().filter(|l| joins(l, a, b)).collect();
        (!links.is_empty()).then_some(Fate::Linked(links))
    }

    /// The conflict of a pair that the block took back.
    fn suppressed(&self, a: u32, b: u32) -> Option<Fate<'_>> {
        self.suppressed.iter().find(|(l, _)| joins(l, a, b)).map(|(link, why)| Fate::Suppressed(link, *why))
    }

    /// What gates and rules say of a pair that the analysis does not join.
    fn undecided(&self, (a, b): (u32, u32), outcome: Outcome) -> Fate<'_> {
        let context = self.context();
        match outcome {
            Outcome::Linked(link) => Fate::Off(*link),
            // Values that differ are what a conflict is made of: there it is the rules that are silent.
            Outcome::Stopped(gate) if gate != GateName::Value => Fate::Stopped(gate, compare::grounds(&context, a, b)),
            Outcome::Stopped(_) | Outcome::Silent => {
                Fate::Silent(compare::grounds(&context, a, b), compare::near_misses(&context, a, b))
            }
        }
    }

    /// Sources, claims, entities and origins, and what joins them.
    pub fn network(&self) -> Network {
        Network::new(&self.analysis)
    }

    /// What stands behind each value of a finding of this analysis.
    pub fn evidence(&self, finding: &Finding) -> Vec<Ground> {
        finding::evidence(&self.context(), &self.analysis.links, &self.analysis.behind, finding)
    }

    /// What the confidence of a link is made of, if evidence drew it.
    pub fn weighed(&self, link: &Link) -> Option<Vec<compare::Part>> {
        let context = self.context();
        let of_details = || self.spotted.iter().find_map(|s| s.evidence(&context, link));
        self.observed.iter().find_map(|s| s.evidence(&context, link)).or_else(of_details)
    }

    pub(crate) fn context(&self) -> CompareContext<'_> {
        CompareContext {
            claims: &self.analysis.claims,
            documents: &self.analysis.documents,
            merged: &self.analysis.entities,
            main: &self.main,
            event_clusters: &self.event_clusters,
            passages: &self.passages,
            surroundings: &self.surroundings,
            sightings: &self.sightings,
            scratch: &self.scratch,
            query: self.query.as_ref(),
            min_confidence: self.min_confidence,
            rules: self.extractor.rules(),
            lookup: self.extractor.lookup(),
        }
    }

    fn keys(&self, claim: u32) -> Vec<String> {
        let claim = self.analysis.claims.get(claim as usize);
        claim.map(|c| candidate::keys(c, &self.analysis.entities, &self.main, &self.event_clusters)).unwrap_or_default()
    }
}
