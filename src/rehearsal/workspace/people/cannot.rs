//! Why a person could not do something. None of these ever reach the bot.

use super::super::Id;

/// What stopped a person: the platform's client or server, before any interaction came about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotDo {
    /// The channel is hidden from them, or is gone.
    #[error("this person does not see channel {0}")]
    SeeChannel(Id),
    /// The message is hidden from them, or is gone.
    #[error("this person does not see message {0}")]
    SeeMessage(Id),
    /// USE_APPLICATION_COMMANDS is denied.
    #[error("this person may not use commands in channel {0}")]
    UseCommands(Id),
    /// Typing is denied, and the workspace is set to refuse commands then.
    #[error("commands need the right to type here, and this person may not type in channel {0}")]
    UseCommandsWithoutTyping(Id),
    /// Typing is denied.
    #[error("this person may not type here")]
    TypeHere,
    /// There is no text.
    #[error("an empty message cannot be sent")]
    SayNothing,
    /// There is too much text.
    #[error("a message cannot be that long")]
    SayTooMuch,
    /// No such command is registered, or it only has subcommands, or this is a direct conversation.
    #[error("there is no command /{0} here")]
    FindCommand(String),
    /// The command is only offered to people with certain permissions.
    #[error("the command /{0} is not offered to this person")]
    BeOfferedCommand(String),
    /// The command has no such option.
    #[error("the command has no option {0:?}")]
    FindOption(String),
    /// A required option is missing.
    #[error("the option {0:?} is required")]
    LeaveOutOption(String),
    /// The option does not take this value.
    #[error("the option {option:?} does not take this: {why}")]
    GiveOption {
        /// The option.
        option: String,
        /// What is wrong with the value.
        why: String,
    },
    /// Nothing is offered for this option while typing.
    #[error("the option {0:?} offers nothing while typing")]
    Complete(String),
    /// The message has no such button or select.
    #[error("the message has no button or select {0:?}")]
    FindComponent(String),
    /// It is there, but greyed out.
    #[error("{0:?} is disabled")]
    UseDisabled(String),
    /// A button was chosen from, or a select pressed.
    #[error("{0:?} is another kind of component")]
    UseOtherwise(String),
    /// The select does not offer this.
    #[error("the select does not offer {0:?}")]
    Choose(String),
    /// Too few or too many values.
    #[error("the select takes {least} to {most} values, not {given}")]
    ChooseSoMany {
        /// The fewest.
        least: u64,
        /// The most.
        most: u64,
        /// How many were given.
        given: usize,
    },
    /// The modal was shown to somebody else.
    #[error("this modal was shown to somebody else")]
    FillInForeignModal,
    /// The modal has no such field.
    #[error("the modal has no field {0:?}")]
    FindField(String),
    /// A field is too short, too long or empty.
    #[error("the field {field:?} takes {least} to {most} characters, not {given}")]
    FillInField {
        /// The field.
        field: String,
        /// The fewest characters.
        least: u64,
        /// The most characters.
        most: u64,
        /// How many were given.
        given: usize,
    },
}
