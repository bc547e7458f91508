//! The command line.
//!
//! Comes in: the arguments as typed (`args`). Goes out: checked options for `app`, and an exit code. Here, and only
//! here, the terminal and the environment are looked at.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use crate::app::{Console, Error, Exit, Options, STACK, command};
use crate::file;
use crate::network::{self, FORMS};
use crate::report::{VerdictFormat, safe};
use crate::source::READER_THREAD;
use crate::state::Choice;

mod args;
mod check;
mod folder;
mod manual;
mod progress;

use args::{Args, Command, Common, Decide, RulesCommand};

/// Bytes gathered before standard output is written to.
const BUFFER: usize = 1 << 16;

/// Exit code of an interrupted run, as shells have it.
const INTERRUPTED: i32 = 130;

/// Runs the program on its arguments, the name of the binary first: on a thread of its own, whose stack does not depend on
/// the limit of the process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // A damaged file on which a reader panics is told as a problem of that file, and not twice.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(READER_THREAD) {
            usual(panic);
        }
    }));
    // Half-written files go with an interrupted run. Where no handler can be set, the system's ends the run all the same.
    let _ = ctrlc::set_handler(|| {
        let _held = file::discard_unfinished();
        std::process::exit(INTERRUPTED);
    });
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().name("belie".to_owned()).stack_size(STACK);
        match builder.spawn_scoped(scope, || run_here(&arguments)) {
            // A panic is a fault of ours and goes on as one.
            Ok(thread) => thread.join().unwrap_or_else(|p| std::panic::resume_unwind(p)),
            Err(_) => run_here(&arguments),
        }
    })
}

fn run_here(arguments: &[OsString]) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            say_usage(&error, arguments);
            return ExitCode::from(error.exit_code().clamp(0, 255) as u8);
        }
    };
    let color_errors = check::color(args.common.color, &io::stderr());
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    // Not locked: the line of progress is written from other threads.
    let mut err = io::stderr();
    let mut console = Console::new(&mut out, &mut err);
    let exit = match dispatch(args, color_errors, &mut console) {
        Ok(exit) => exit,
        Err(error) => {
            console.say(&error.render(color_errors));
            Exit::Failed
        }
    };
    let exit = match console.flush() {
        Ok(()) => exit,
        Err(_) => Exit::Failed,
    };
    // Whatever a closed pipe has left in the buffer goes with it.
    let _ = out.flush();
    exit.into()
}

/// `--help` and `--version` come this way as well, with 0. A closed pipe is nobody's fault. What was typed is shown in such
/// an error: where it is not harmless, it goes without colour.
fn say_usage(error: &clap::Error, arguments: &[OsString]) {
    if arguments.iter().all(|a| a.to_str().is_some_and(|a| safe(a) == a)) {
        let _ = error.print();
        return;
    }
    let stated = error.render().to_string();
    let lines: Vec<_> = stated.lines().map(|line| safe(line).into_owned()).collect();
    let _ = writeln!(io::stderr(), "{}", lines.join("\n").trim_end());
}

fn decide_on(
    choice: Choice,
    decide: Decide,
    common: &Common,
    options: &mut Options,
    console: &mut Console<'_>,
) -> Result<Exit, Error> {
    let paths = if decide.paths.is_empty() { vec![".".into()] } else { decide.paths };
    options.against.accepted = decide.accepted;
    let ruling = check::ruling(choice, decide.reason, decide.deciding, common);
    command::decide::run(&decide.finding, &paths, &ruling, options, console)
}

fn dispatch(args: Args, color_errors: bool, console: &mut Console<'_>) -> Result<Exit, Error> {
    // These stand outside any project, and have to work where its configuration does not.
    match &args.command {
        Command::Init { folder } => return command::init::run(folder, console),
        Command::Completions { shell } => return manual::completions(*shell, console),
        Command::Man { out } => return manual::pages(out.as_deref(), console),
        _ => {}
    }
    let paths = args.command.paths();
    if let Command::Watch { ref format, runs, .. } = args.command {
        return watch(&args, &paths, format, runs, color_errors, console);
    }
    let start = args.command.start();
    // The process ends with them: nobody has to wait until thousands of words are given back one by one.
    let options = check::options(&args.common, args.command.walk(), start.as_deref(), color_errors)?;
    let mut options = ManuallyDrop::new(options);
    let cache = options.cache.clone().filter(|_| options.style.verbose);
    let by_line = matches!(&args.command, Command::Verify { jsonl: true, .. } | Command::Compare { .. });
    if check::steers(&io::stderr()) && !options.style.quiet && !by_line {
        options.settings.listener = Some(progress::listener());
    }
    let exit = match args.command {
        Command::Check { format, fail_on, against, .. } => {
            let outputs = check::checked(&format, &options)?;
            options.against = check::against(against, &args.common);
            options.style.fail_on = fail_on.map_or(options.style.fail_on, Into::into);
            command::check::run(&paths, &outputs, &options, console)
        }
        Command::Snapshot { check, accept, snapshot, .. } => {
            let task = match (check, accept) {
                (true, _) => command::snapshot::Task::Check,
                (_, true) => command::snapshot::Task::Accept,
                _ => command::snapshot::Task::Write,
            };
            options.against.snapshot = snapshot;
            command::snapshot::run(&paths, task, &options, console)
        }
        Command::Review { against, deciding, .. } => {
            options.against = check::against(against, &args.common);
            let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
            let ruling = check::ruling(Choice::Accepted, String::new(), deciding, &args.common);
            command::review::run(&paths, &ruling, terminal, &options, console)
        }
        Command::Accept(decide) => decide_on(Choice::Accepted, decide, &args.common, &mut options, console),
        Command::Dismiss(decide) => decide_on(Choice::Dismissed, decide, &args.common, &mut options, console),
        Command::Claims { format, .. } => {
            let outputs = check::claim_outputs(&format)?;
            command::claims::run(&paths, &outputs, &options, console)
        }
        Command::Graph { format, around, .. } => {
            let names = || FORMS.iter().map(|f| f.name());
            let outputs = check::outputs_of(&format, "dot", network::form, names)?;
            command::graph::run(&paths, around.as_deref(), &outputs, &options, console)
        }
        Command::Mentions { jsonl: true, .. } => command::mentions::jsonl(io::stdin().lock(), &options, console),
        Command::Mentions { .. } => command::mentions::run(&paths, &options, console),
        Command::Compare { jsonl: true, .. } => command::compare::jsonl(io::stdin().lock(), &options, console),
        Command::Compare { a, b, .. } => match (a, b) {
            (Some(a), Some(b)) => command::compare::run(&a, &b, &options, console),
            _ => {
                let help = "belie compare \"It opened in 2021.\" \"It opened in 2022.\", or two files";
                Err(Error::usage_with("give two texts, or --jsonl", help))
            }
        },
        Command::Verify { jsonl: true, require_support, .. } => {
            command::verify::jsonl(io::stdin().lock(), &paths, require_support, &options, console)
        }
        Command::Verify { text, paths: typed, file, require_support, why, format, .. } => {
            let all = || VerdictFormat::ALL.iter().map(|(_, name, _)| *name);
            let outputs = check::outputs_of(&format, "terminal", VerdictFormat::of, all)?;
            let statement = match (&file, &text) {
                (Some(file), _) => command::verify::Statement::File(file),
                (None, Some(text)) => {
                    // Nobody states a folder: the statement was forgotten, and the current folder is not what was meant.
                    let path = std::path::Path::new(text);
                    if typed.is_empty() && path.exists() {
                        let name = safe(&text.to_string_lossy()).into_owned();
                        let mut help = format!("belie verify \"The bridge opened in 2021.\" {name}");
                        if path.is_file() {
                            help.push_str(&format!("; --file {name} checks what the file says"));
                        }
                        return Err(Error::usage_with(format!("`{name}` is a path, and no statement is given"), help));
                    }
                    command::verify::Statement::Text(text.to_string_lossy())
                }
                (None, None) => {
                    let help = "belie verify \"The bridge opened in 2021.\" sources";
                    return Err(Error::usage_with("give a statement, --file or --jsonl", help));
                }
            };
            command::verify::run(&statement, &paths, require_support, why.as_ref(), &outputs, &options, console)
        }
        Command::Why { a, b, paths, .. } => command::why::run(&a, &b, &paths, &options, console),
        Command::Explain { name, paths, .. } => command::explain::run(&name, &paths, &options, console),
        Command::Rules { command } => match command {
            RulesCommand::List => command::rules::list(&options, console),
            RulesCommand::Show { id } => command::rules::show(&id, &options, console),
            RulesCommand::Test { id } => command::rules::test(id.as_deref(), &options, console),
            RulesCommand::Schema => command::rules::schema(console),
            RulesCommand::Book { folder } => command::book::run(&folder, &options, console),
        },
        // Handled above.
        Command::Watch { .. } | Command::Init { .. } | Command::Completions { .. } | Command::Man { .. } => {
            Ok(Exit::Clean)
        }
    };
    if let Some(account) = cache.and_then(|cache| cache.account()) {
        console.say(&format!("note: cache: {}", safe(&account)));
    }
    exit
}

/// `check`, again and again: options are settled anew for every run, since the configuration may be what has changed.
fn watch(
    args: &Args,
    paths: &[PathBuf],
    format: &[String],
    runs: Option<u32>,
    color_errors: bool,
    console: &mut Console<'_>,
) -> Result<Exit, Error> {
    if paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Error::usage("standard input cannot be watched"));
    }
    let once = |console: &mut Console<'_>| -> Result<Exit, Error> {
        let options = check::options(&args.common, args.command.walk(), args.command.start().as_deref(), color_errors)?;
        let outputs = check::checked(format, &options)?;
        command::check::run(paths, &outputs, &options, console)
    };
    // Where to look, and what not to look at: where this fails the first run says why, and nothing can be watched.
    let options = check::options(&args.common, args.command.walk(), args.command.start().as_deref(), color_errors)?;
    let outputs = check::checked(format, &options)?;
    let beside = options.config.file.iter().map(|(path, _)| PathBuf::from(path));
    let target = command::watch::Target {
        paths: paths.to_vec(),
        folders: args.common.rules.iter().chain(&options.config.rules).cloned().collect(),
        files: beside.chain(args.common.config.clone()).collect(),
        written: outputs.iter().filter_map(|o| o.file.clone()).collect(),
        clear: io::stdout().is_terminal(),
        color_errors,
    };
    command::watch::run(&target, runs, console, once)
}
