//! What the program does, command by command.
//!
//! Comes in: checked [`Options`], paths, and a [`Console`] to speak to. Goes out: an [`Exit`], or an [`Error`] that the
//! caller shows. Nothing here parses arguments, and nothing writes anywhere but to the console, to the files that
//! `--format F=FILE` names, and to the files of state where a command is for that.

mod catalogue;
pub mod command;
mod console;
mod error;
mod exit;
mod guard;
mod ignored;
mod input;
mod lines;
mod options;
mod parallel;
pub mod pipeline;
mod project;
mod reach;
mod stage;
mod terms;

pub use catalogue::{Entry, Kind, catalogue};
pub use command::place::Named;
pub use console::Console;
pub use error::Error;
pub use exit::Exit;
pub use options::{Against, Options, Output};
pub use parallel::STACK;
pub use reach::Reach;
pub use stage::{Listener, Stage};
