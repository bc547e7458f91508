//! How each fault looks to the author of a rule.

use super::*;

/// All faults of the sound files with some put in their place or added.
pub(super) fn faults(changed: Vec<RuleFile>) -> String {
    let mut files = sound();
    files.retain(|f| !changed.iter().any(|c| c.path == f.path));
    files.extend(changed);
    match build(&[], files, &[], Vec::new()) {
        Ok(_) => "no fault".to_owned(),
        Err(faults) => faults.iter().map(|f| f.render(false)).collect::<Vec<_>>().join("\n\n"),
    }
}

fn extract(old: &str, new: &str) -> String {
    faults(vec![file(0, "extract/worth.toml", with(EXTRACT, old, new))])
}

fn relate(old: &str, new: &str) -> String {
    faults(vec![file(0, "relate/clash.toml", with(RELATE, old, new))])
}

fn check(old: &str, new: &str) -> String {
    faults(vec![file(0, "check/total.toml", with(CHECK, old, new))])
}

fn lexicon(old: &str, new: &str) -> String {
    faults(vec![file(0, "lexicon/titles.toml", with(LEXICON, old, new))])
}

#[test]
fn unknown_key() {
    insta::assert_snapshot!(extract("kind = \"money\"", "kind = \"money\"\ncomparater = \"interval\""), @r#"
    error: unknown key `comparater`
     --> rules/extract/worth.toml:6:1
      |
    6 | comparater = "interval"
      | ^^^^^^^^^^
      |
      = help: did you mean `comparator`?
    "#);
}

#[test]
fn wrong_types_are_all_reported() {
    let text = with(EXTRACT, "kind = \"money\"", "kind = 3");
    let text = with(&text, "subject = [\"org\"]", "subject = \"org\"\nsingle_valued = \"yes\"");
    let text = with(&text, "fires = true }", "fires = 1 }");
    insta::assert_snapshot!(faults(vec![file(0, "extract/worth.toml", text)]), @r#"
    error: expected a string, found the number `3`
     --> rules/extract/worth.toml:5:8
      |
    5 | kind = 3
      |        ^

    error: expected a list, found the string "org"
     --> rules/extract/worth.toml:7:11
      |
    7 | subject = "org"
      |           ^^^^^

    error: expected true or false, found the string "yes"
     --> rules/extract/worth.toml:8:17
      |
    8 | single_valued = "yes"
      |                 ^^^^^

    error: expected true or false, found the number `1`
      --> rules/extract/worth.toml:12:48
       |
    12 |     { text = "They are valued at $4.", fires = 1 },
       |                                                ^
    "#);
}

#[test]
fn no_toml() {
    insta::assert_snapshot!(extract("kind = \"money\"", "kind = \"money"), @r#"
    error: no TOML: invalid basic string, expected `"`
     --> rules/extract/worth.toml:5:14
      |
    5 | kind = "money
      |              ^
    "#);
}

#[test]
fn missing_keys_are_all_reported() {
    insta::assert_snapshot!(faults(vec![file(0, "relate/empty.toml", "id = \"empty\"\n")]), @r#"
    error: key `help` is missing
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^

    error: key `message` is missing
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^

    error: key `order` is missing
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^

    error: key `relation` is missing
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^

    error: key `severity` is missing
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^

    error: key `summary` is missing
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^

    error: key `when` is missing
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^

    error: key `why` is missing
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^

    error: too few examples: 0 that fire and 0 that must stay silent
     --> rules/relate/empty.toml:1:6
      |
    1 | id = "empty"
      |      ^^^^^^^
      |
      = help: a rule has at least two of each
    "#);
}

#[test]
fn unknown_comparator() {
    insta::assert_snapshot!(extract("kind = \"money\"", "kind = \"money\"\ncomparator = \"intervall\""), @r#"
    error: unknown comparator `intervall`
     --> rules/extract/worth.toml:6:14
      |
    6 | comparator = "intervall"
      |              ^^^^^^^^^^^
      |
      = help: did you mean `interval`?
    "#);
}

#[test]
fn comparator_that_cannot_read_the_shape() {
    insta::assert_snapshot!(extract("kind = \"money\"", "kind = \"money\"\ncomparator = \"title\""), @r#"
    error: comparator `title` cannot read values of shape `money`
     --> rules/extract/worth.toml:6:14
      |
    6 | comparator = "title"
      |              ^^^^^^^
      |
      = help: the default comparator is `interval`
    "#);
}

#[test]
fn ladder_that_is_no_scale() {
    let text = with(EXTRACT, "shape = \"money\"", "shape = \"text\"\ncomparator = \"ladder\"\nladder = \"titles\"");
    insta::assert_snapshot!(faults(vec![file(0, "extract/worth.toml", text)]), @r#"
    error: lexicon `titles` is not of schema `scale`
     --> rules/extract/worth.toml:8:10
      |
    8 | ladder = "titles"
      |          ^^^^^^^^
    "#);
    let text = with(EXTRACT, "shape = \"money\"", "shape = \"text\"\ncomparator = \"ladder\"");
    insta::assert_snapshot!(faults(vec![file(0, "extract/worth.toml", text)]), @r#"
    error: key `ladder` is missing
     --> rules/extract/worth.toml:1:6
      |
    1 | id = "worth"
      |      ^^^^^^^
    "#);
}

#[test]
fn unknown_relation() {
    insta::assert_snapshot!(relate("\"conflict\"", "\"conflicts\""), @r#"
    error: unknown relation `conflicts`
     --> rules/relate/clash.toml:5:12
      |
    5 | relation = "conflicts"
      |            ^^^^^^^^^^^
      |
      = help: did you mean `conflict`?
    "#);
}

#[test]
fn unknown_verdict_and_judgement() {
    insta::assert_snapshot!(relate("[\"disjoint\"], scope = [\"same\", ", "[\"disjunct\"], scope = [\"sane\", "), @r#"
    error: unknown judgement `disjunct`
     --> rules/relate/clash.toml:9:23
      |
    9 | when = { judgement = ["disjunct"], scope = ["sane", "unknown"] }
      |                       ^^^^^^^^^^
      |
      = help: did you mean `disjoint`?

    error: unknown verdict `sane`
     --> rules/relate/clash.toml:9:45
      |
    9 | when = { judgement = ["disjunct"], scope = ["sane", "unknown"] }
      |                                             ^^^^^^
      |
      = help: did you mean `same`?
    "#);
}

#[test]
fn unknown_placeholder() {
    insta::assert_snapshot!(relate("{a} against {b}", "{a} against {c.source}"), @r#"
    error: unknown placeholder `{c.source}`
     --> rules/relate/clash.toml:7:24
      |
    7 | message = "{a} against {c.source}"
      |                        ^^^^^^^^^^
      |
      = help: did you mean `a.source`?
    "#);
}

#[test]
fn frame_that_does_not_parse() {
    insta::assert_snapshot!(extract("be? valued at <value>", "be? (valued at <value>"), @r#"
    error: bracket is not closed
     --> rules/extract/worth.toml:8:26
      |
    8 | frames = ["<subject> be? (valued at <value>"]
      |                          ^
    "#);
}

#[test]
fn caret_behind_escapes_in_a_frame() {
    insta::assert_snapshot!(extract("be? valued at <value>", "\\\",\\\" Valued at <value>"), @r#"
    error: word in upper case
     --> rules/extract/worth.toml:8:28
      |
    8 | frames = ["<subject> \",\" Valued at <value>"]
      |                            ^^^^^^
      |
      = help: words are lemmas in lower case: `valued`
    "#);
}

#[test]
fn unknown_lexicon_in_a_frame() {
    insta::assert_snapshot!(extract("valued at <value>", "valued by @title at <value>"), @r#"
    error: unknown lexicon `title`
     --> rules/extract/worth.toml:8:37
      |
    8 | frames = ["<subject> be? valued by @title at <value>"]
      |                                     ^^^^^
      |
      = help: did you mean `titles`?
    "#);
}

#[test]
fn unknown_class_in_a_frame() {
    insta::assert_snapshot!(extract("valued at <value>", "valued by @titles:executives at <value>"), @r#"
    error: lexicon `titles` has no class `executives`
     --> rules/extract/worth.toml:8:44
      |
    8 | frames = ["<subject> be? valued by @titles:executives at <value>"]
      |                                            ^^^^^^^^^^
      |
      = help: did you mean `executive`?
    "#);
}

#[test]
fn slots_that_the_rule_does_not_have() {
    insta::assert_snapshot!(extract("<subject> be? valued at <value>", "<subject:person> valued at <value:percent>"), @r#"
    error: slot asks for `percent`, which `shape` of the rule does not have
     --> rules/extract/worth.toml:8:11
      |
    8 | frames = ["<subject:person> valued at <value:percent>"]
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error: slot asks for `person`, which `subject` of the rule does not have
     --> rules/extract/worth.toml:8:11
      |
    8 | frames = ["<subject:person> valued at <value:percent>"]
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn formula_that_does_not_parse() {
    insta::assert_snapshot!(check("total ~ sum(part)", "total ~ sum(part"), @r#"
    error: bracket is not closed
     --> rules/check/total.toml:8:21
      |
    8 | holds = "total ~ sum(part"
      |                     ^
    "#);
}

#[test]
fn unknown_role() {
    insta::assert_snapshot!(check("total ~ sum(part)", "total ~ sum(parts)"), @r#"
    error: unknown role `parts`
     --> rules/check/total.toml:8:22
      |
    8 | holds = "total ~ sum(parts)"
      |                      ^^^^^
      |
      = help: did you mean `part`?
    "#);
}

#[test]
fn dimensions_that_do_not_fit() {
    let text = with(CHECK, "total = {}", "total = { shape = \"money\" }, share = { shape = \"percent\" }");
    let text = with(&text, "total ~ sum(part)", "total ~ sum(part) + share");
    insta::assert_snapshot!(faults(vec![file(0, "check/total.toml", text)]), @r#"
    error: `+` between the shared unit and percent
     --> rules/check/total.toml:8:18
      |
    8 | holds = "total ~ sum(part) + share"
      |                  ^^^^^^^^^^^^^^^^^
      |
      = help: only like can be added to like
    "#);
}

#[test]
fn roles_that_cannot_be() {
    let roles = "sum = {}, Part = {}, left = {}, d = { shape = \"duration\", unit = \"fortnight\" }, \
                 r = { rule = \"wort\" }, c = { cue = \"change\" }, l = { cue = \"@titel\" }";
    insta::assert_snapshot!(check("total = {}", &format!("total = {{}}, {roles}")), @r#"
    error: `sum` already has a meaning in formulas
     --> rules/check/total.toml:7:23
      |
    7 | roles = { total = {}, sum = {}, Part = {}, left = {}, d = { shape = "duration", unit = "fortnight" }, r = { rule = "wort" }, c = { cu...
      |                       ^^^

    error: `Part` cannot be the name of a role
     --> rules/check/total.toml:7:33
      |
    7 | roles = { total = {}, sum = {}, Part = {}, left = {}, d = { shape = "duration", unit = "fortnight" }, r = { rule = "wort" }, c = { cu...
      |                                 ^^^^
      |
      = help: write lower-case letters, digits and `_`, a letter first

    error: `left` already has a meaning in messages
     --> rules/check/total.toml:7:44
      |
    7 | roles = { total = {}, sum = {}, Part = {}, left = {}, d = { shape = "duration", unit = "fortnight" }, r = { rule = "wort" }, c = { cu...
      |                                            ^^^^

    error: unknown unit `fortnight`
     --> rules/check/total.toml:7:88
      |
    7 | roles = { total = {}, sum = {}, Part = {}, left = {}, d = { shape = "duration", unit = "fortnight" }, r = { rule = "wort" }, c = { cu...
      |                                                                                        ^^^^^^^^^^^
      |
      = help: known: `day`, `month`, `year`

    error: unknown extract rule `wort`
     --> rules/check/total.toml:7:116
      |
    7 | roles = { total = {}, sum = {}, Part = {}, left = {}, d = { shape = "duration", unit = "fortnight" }, r = { rule = "wort" }, c = { cu...
      |                                                                                                                    ^^^^^^
      |
      = help: did you mean `worth`?

    error: cue `change` names no lexicon
     --> rules/check/total.toml:7:138
      |
    7 | ...n", unit = "fortnight" }, r = { rule = "wort" }, c = { cue = "change" }, l = { cue = "@titel" }, part = { many = true } }
      |                                                                 ^^^^^^^^
      |
      = help: write `@lexicon` or `@lexicon:class`

    error: unknown lexicon `titel`
     --> rules/check/total.toml:7:162
      |
    7 | ..., r = { rule = "wort" }, c = { cue = "change" }, l = { cue = "@titel" }, part = { many = true } }
      |                                                                 ^^^^^^^^
      |
      = help: did you mean `titles`?
    "#);
}

#[test]
fn duplicate_id() {
    insta::assert_snapshot!(faults(vec![file(1, "check/worth.toml", with(CHECK, "\"total\"", "\"worth\""))]), @r#"
    error: duplicate id `worth`: rules/extract/worth.toml has it too
     --> own/check/worth.toml:1:6
      |
    1 | id = "worth"
      |      ^^^^^^^
      |
      = help: take another id, or add `replaces = true` in a folder of rules of your own
    "#);
    insta::assert_snapshot!(faults(vec![file(0, "extract/more/worth.toml", EXTRACT)]), @r#"
    error: duplicate id `worth`: rules/extract/more/worth.toml has it too
     --> rules/extract/worth.toml:1:6
      |
    1 | id = "worth"
      |      ^^^^^^^
      |
      = help: take another id, or add `replaces = true` in a folder of rules of your own
    "#);
}

#[test]
fn nothing_to_replace() {
    let text = with(&with(EXTRACT, "\"worth\"", "\"wort\""), "kind", "replaces = true\nkind");
    insta::assert_snapshot!(faults(vec![file(1, "extract/wort.toml", text)]), @r#"
    error: no rule `wort` to replace
     --> own/extract/wort.toml:1:6
      |
    1 | id = "wort"
      |      ^^^^^^
      |
      = help: did you mean `worth`?
    "#);
}

#[test]
fn id_that_is_not_the_name_of_the_file() {
    insta::assert_snapshot!(faults(vec![file(0, "extract/value.toml", with(EXTRACT, "\"worth\"", "\"valuation\""))]), @r#"
    error: id `valuation` is not the name of the file
     --> rules/extract/value.toml:1:6
      |
    1 | id = "valuation"
      |      ^^^^^^^^^^^
      |
      = help: write `value`, or rename the file to `valuation.toml`
    "#);
}

#[test]
fn too_few_examples() {
    let text = "    { text = \"At $4.\", fires = false, why = \"no verb\" },\n";
    insta::assert_snapshot!(extract(text, ""), @r#"
    error: too few examples: 2 that fire and 1 that must stay silent
     --> rules/extract/worth.toml:1:6
      |
    1 | id = "worth"
      |      ^^^^^^^
      |
      = help: a rule has at least two of each
    "#);
}

#[test]
fn examples_that_say_too_little() {
    insta::assert_snapshot!(extract(", why = \"no verb\"", ""), @r#"
    error: example that must stay silent does not say why
      --> rules/extract/worth.toml:13:5
       |
    13 |     { text = "At $4.", fires = false },
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
    insta::assert_snapshot!(extract("value = \"$3\"", "value = \"$5\""), @r#"
    error: `value` of the example is not in its text
      --> rules/extract/worth.toml:10:59
       |
    10 |     { text = "It is valued at $3.", fires = true, value = "$5" },
       |                                                           ^^^^
    "#);
    insta::assert_snapshot!(check("text = \"5.\", ", ""), @r#"
    error: example has neither or both of `text` and `documents`
      --> rules/check/total.toml:16:5
       |
    16 |     { outcome = "silent", why = "no parts" },
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn rows_that_cannot_be_told_apart() {
    insta::assert_snapshot!(lexicon("key = \"clerk\"", "key = \"clerk\", forms = [\"CEO\"]"), @r#"
    error: form `CEO` already belongs to row `chief executive officer`
     --> rules/lexicon/titles.toml:7:31
      |
    7 |     { key = "clerk", forms = ["CEO"], class = "staff" },
      |                               ^^^^^
    "#);
    insta::assert_snapshot!(lexicon("row = \"clerk\"", "row = \"clark\""), @r#"
    error: unknown row `clark`
      --> rules/lexicon/titles.toml:11:51
       |
    11 |     { text = "A clerk left.", fires = true, row = "clark" },
       |                                                   ^^^^^^^
       |
       = help: did you mean `clerk`?
    "#);
}

#[test]
fn scale_without_rank() {
    let text = with(SCALE, ", rank = 2", "");
    insta::assert_snapshot!(faults(vec![file(0, "lexicon/coinage.toml", text)]), @r#"
    error: key `rank` is missing
     --> rules/lexicon/coinage.toml:7:5
      |
    7 |     { key = "popularise", axis = "authorship" },
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn file_in_no_folder() {
    insta::assert_snapshot!(faults(vec![file(1, "worth.toml", EXTRACT)]), @r#"
    error: rule file stands in no folder of rules
    --> own/worth.toml
     = help: rule files stand in `extract/`, `relate/`, `check/` or `lexicon/`
    "#);
}
