//! Every statement, in the SQL that SQLite and PostgreSQL share.
//!
//! A statement never holds a value: values are bound. `convenor` has no SQL anywhere else but in the
//! migrations. To add one, add a line here; the contract tests have each database parse all of them. The few that
//! take a lock where there are row locks stand at the end, once for each database.

/// Makes a constant of each statement, and the list of them all.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* pub const $name: &str = $sql;)+

        /// Every statement with its name, for the tests.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

/// Holds for the oldest unsettled row of a lane. Where that row is wedged, nothing behind it qualifies.
macro_rules! first_of_its_lane {
    () => {
        "NOT EXISTS (SELECT 1 FROM outbox e \
         WHERE e.case_id = o.case_id AND e.id < o.id AND e.state IN ('waiting', 'wedged'))"
    };
}

/// A case's head, with the clause by which a database with row locks holds the case until the transaction ends.
macro_rules! case_head {
    ($lock:literal) => {
        concat!("SELECT entries, head FROM cases WHERE guild = $1 AND case_id = $2", $lock)
    };
}

/// The claim, with the clause by which a database with row locks lets workers pass each other. What another holds
/// is being claimed or settled; passing it by never leads to a later row of its lane, since that isn't the first.
macro_rules! claim {
    ($skip_locked:literal) => {
        concat!(
            "UPDATE outbox SET attempts = attempts + 1, lease_until_ms = $2 WHERE id = (\
             SELECT o.id FROM outbox o \
             WHERE o.guild = $3 AND o.state = 'waiting' AND o.not_before_ms <= $1 AND o.lease_until_ms <= $1 AND ",
            first_of_its_lane!(),
            " ORDER BY o.id LIMIT 1",
            $skip_locked,
            ") RETURNING id, case_id, body, attempts"
        )
    };
}

statements! {
    /// Keeps the check value of the first opening and gives back the one kept. Always a write, so that a
    /// database that can't be written is noticed at opening.
    CHECK_VALUE = "INSERT INTO settings (name, value) VALUES ('check', $1) \
        ON CONFLICT (name) DO UPDATE SET value = settings.value RETURNING value";

    ADD_CASE = "INSERT INTO cases (case_id, guild, code_name, entries, head) VALUES ($1, $2, $3, 0, $4) \
        ON CONFLICT (case_id) DO NOTHING";
    ADD_CASE_KEY = "INSERT INTO case_keys (case_id, kek_version, wrapped) VALUES ($1, $2, $3)";
    CASE_KEY = "SELECT k.wrapped FROM case_keys k JOIN cases c ON c.case_id = k.case_id \
        WHERE c.guild = $1 AND c.case_id = $2";
    CASE_HEAD = case_head!("");
    MOVE_HEAD = "UPDATE cases SET entries = $1, head = $2 WHERE case_id = $3 AND entries = $4";
    CASES = "SELECT case_id, code_name, entries FROM cases WHERE guild = $1 ORDER BY id";
    CASE_BY_CODE_NAME = "SELECT case_id, code_name, entries FROM cases WHERE guild = $1 AND code_name = $2";
    CASE_BY_CHANNEL = "SELECT c.case_id, c.code_name, c.entries FROM platform_refs r \
        JOIN cases c ON c.case_id = r.case_id WHERE r.guild = $1 AND r.channel = $2 AND r.slot = $3";

    SEAT = "INSERT INTO seated (mark, case_id) VALUES ($1, $2) ON CONFLICT (mark, case_id) DO NOTHING";
    FOLLOW = "UPDATE cases SET followed = $1, outstanding = (outstanding | $2) & ~CAST($3 AS BIGINT) WHERE case_id = $4 AND followed = $5";
    FOLLOWED = "SELECT followed FROM cases WHERE case_id = $1";
    BEHIND = "SELECT case_id FROM cases WHERE guild = $1 AND followed < entries ORDER BY id";
    CASES_OF = "SELECT c.case_id, c.code_name, c.entries FROM seated s JOIN cases c ON c.case_id = s.case_id \
        WHERE c.guild = $1 AND s.mark = $2 AND c.outstanding <> 0 ORDER BY c.id";
    DROP_REFERENCE = "DELETE FROM case_references WHERE case_id = $1";
    /// Nothing is added where the reference is another case's.
    ADD_REFERENCE = "INSERT INTO case_references (guild, digest, case_id) VALUES ($1, $2, $3) \
        ON CONFLICT (guild, digest) DO NOTHING";
    CASE_BY_REFERENCE = "SELECT c.code_name FROM case_references r JOIN cases c ON c.case_id = r.case_id \
        WHERE r.guild = $1 AND r.digest = $2";

    ADD_ENTRY = "INSERT INTO entries (case_id, seq, at_ms, kind, previous, hash, body) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ADD_ENTRY_KEY = "INSERT INTO entry_keys (case_id, seq, wrapped) VALUES ($1, $2, $3)";
    JOURNAL = "SELECT e.seq, e.at_ms, e.kind, e.previous, e.hash, e.body, k.wrapped FROM entries e \
        LEFT JOIN entry_keys k ON k.case_id = e.case_id AND k.seq = e.seq WHERE e.case_id = $1 AND e.seq > $2 ORDER BY e.seq";
    ENTRIES = "SELECT seq, at_ms, kind, previous, hash, body FROM entries WHERE case_id = $1 ORDER BY seq";
    /// Every case of the database, whichever guild's: for verifying.
    HEADS = "SELECT case_id, entries, head FROM cases ORDER BY id";
    STRAY_ENTRIES = "SELECT DISTINCT case_id FROM entries \
        WHERE case_id NOT IN (SELECT case_id FROM cases) ORDER BY case_id";

    ADD_TEXT = "INSERT INTO texts (digest, body) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
    TEXT = "SELECT body FROM texts WHERE digest = $1";

    ADD_EFFECT = "INSERT INTO outbox (guild, case_id, supersedes, body) VALUES ($1, $2, $3, $4)";
    /// Only what nobody holds: an effect under way can't be taken back, and a wedged one is an operator's.
    SUPERSEDE = "DELETE FROM outbox WHERE case_id = $1 AND supersedes = $2 AND state = 'waiting' \
        AND lease_until_ms = 0";
    SETTLE = "UPDATE outbox SET state = $3, not_before_ms = $4, lease_until_ms = 0, why = $5 \
        WHERE id = $1 AND attempts = $2 AND state = 'waiting'";
    NEXT_ATTEMPT = concat!(
        "SELECT MIN(CASE WHEN o.not_before_ms > o.lease_until_ms THEN o.not_before_ms ELSE o.lease_until_ms END) \
         FROM outbox o WHERE o.guild = $1 AND o.state = 'waiting' AND ",
        first_of_its_lane!()
    );
    OUTBOX_COUNT = "SELECT state, COUNT(*) FROM outbox WHERE guild = $1 AND state IN ('waiting', 'wedged') \
        GROUP BY state";
    WEDGED = "SELECT case_id, attempts, why FROM outbox WHERE guild = $1 AND state = 'wedged' ORDER BY id";
    RELEASE = "UPDATE outbox SET state = $3, not_before_ms = 0, lease_until_ms = 0 \
        WHERE guild = $1 AND case_id = $2 AND state = 'wedged'";
    KEEP_REFERENCE = "INSERT INTO platform_refs (case_id, slot, guild, channel, message) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id, slot) DO UPDATE SET \
        guild = excluded.guild, channel = excluded.channel, message = excluded.message";
    REFERENCES = "SELECT slot, channel, message FROM platform_refs WHERE guild = $1 AND case_id = $2 ORDER BY slot";

    SET_TIMER = "INSERT INTO timers (case_id, name, guild, at_ms) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (case_id, name) DO UPDATE SET at_ms = excluded.at_ms";
    CLEAR_TIMER = "DELETE FROM timers WHERE case_id = $1 AND name = $2";
    DUE_TIMERS = "SELECT case_id, name, at_ms FROM timers WHERE guild = $1 AND at_ms <= $2 \
        ORDER BY at_ms, case_id, name";
    NEXT_TIMER = "SELECT MIN(at_ms) FROM timers WHERE guild = $1";

    ADD_RECEIPT = "INSERT INTO receipts (interaction, case_id, at_ms, result, code) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (interaction) DO NOTHING";
    RECEIPT = "SELECT interaction, case_id, at_ms, result, code FROM receipts WHERE interaction = $1";

    SAVE_AGENCY = "INSERT INTO agencies (guild, name, kind, duty_channel, mailbox, hours, deputy, escalation) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (guild, name) DO UPDATE SET kind = excluded.kind, \
        duty_channel = excluded.duty_channel, mailbox = excluded.mailbox, hours = excluded.hours, \
        deputy = excluded.deputy, escalation = excluded.escalation";
    AGENCIES = "SELECT name, kind, duty_channel, mailbox, hours, deputy, escalation FROM agencies \
        WHERE guild = $1 ORDER BY name";
    ENROL = "INSERT INTO enrolments (guild, account, name, role, role_code, agency, agency_kind, rank) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (guild, account) DO UPDATE SET \
        name = excluded.name, role = excluded.role, role_code = excluded.role_code, \
        agency = excluded.agency, agency_kind = excluded.agency_kind, rank = excluded.rank";
    END_ENROLMENT = "DELETE FROM enrolments WHERE guild = $1 AND account = $2";
    ENROLLED = "SELECT account, name, role, role_code, agency, agency_kind, rank FROM enrolments \
        WHERE guild = $1 AND account = $2";
    ENROLMENTS = "SELECT account, name, role, role_code, agency, agency_kind, rank FROM enrolments \
        WHERE guild = $1 ORDER BY agency, name, account";

    KEEP_INSTALLATION = "INSERT INTO installations (guild, category, admin_channel) VALUES ($1, $2, $3) \
        ON CONFLICT (guild) DO UPDATE SET category = excluded.category, admin_channel = excluded.admin_channel";
    KEEP_ADMINISTRATOR = "INSERT INTO administrators (guild, account, name) VALUES ($1, $2, $3) \
        ON CONFLICT (guild, account) DO UPDATE SET name = excluded.name";
    INSTALLATIONS = "SELECT guild, category, admin_channel FROM installations ORDER BY guild";
    REMINDED = "SELECT COUNT(*) FROM reminders WHERE guild = $1 AND what = $2";
    KEEP_REMINDER = "INSERT INTO reminders (guild, what, sent_at_ms) VALUES ($1, $2, $3) \
        ON CONFLICT (guild, what) DO NOTHING";
    ADMINISTRATORS = "SELECT account, name FROM administrators WHERE guild = $1 ORDER BY account";
}

/// SQLite's own: its one writer holds everything anyway.
pub mod sqlite {
    statements! {
        HELD_CASE_HEAD = case_head!("");
        CLAIM = claim!("");
    }
}

/// PostgreSQL's own.
pub mod postgres {
    statements! {
        HELD_CASE_HEAD = case_head!(" FOR UPDATE");
        CLAIM = claim!(" FOR UPDATE SKIP LOCKED");
    }
}
