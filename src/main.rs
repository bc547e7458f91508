//! Parses arguments, runs, and sets the exit code.

fn main() -> std::process::ExitCode {
    belie::cli::run(std::env::args_os())
}
