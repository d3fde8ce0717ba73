//! What every store must do, whichever database it keeps its tables in.
//!
//! A test of the contract takes a [`Bench`] and opens what it needs there. To have another database keep the same
//! contract, give [`Bench`] a place for it and add a line at the end of this file. Where there is no PostgreSQL to test
//! on, its tests say so.

mod bench;
mod directory;
mod opening;
mod outbox;
mod racing;
mod record;
mod seated;
mod simulation;
mod tampering;
mod worker;

/// Makes a test of each function for one database.
macro_rules! contract {
    ($name:ident, $engine:expr; $($subject:ident { $($test:ident),+ $(,)? })+) => {
        mod $name {
            $(mod $subject {
                $(#[tokio::test]
                async fn $test() {
                    if let Some(bench) = crate::store::bench::Bench::of($engine).await {
                        crate::store::$subject::$test(bench).await;
                    }
                })+
            })+
        }
    };
}

/// The contract, for one database.
macro_rules! keeps_the_contract {
    ($name:ident, $engine:expr) => {
        contract! { $name, $engine;
            opening {
                every_statement_is_one_the_database_understands,
                what_was_committed_is_there_after_opening_again,
                another_master_key_is_refused_at_opening,
                a_newer_convenors_database_is_refused_at_opening,
                another_guilds_rows_are_as_if_not_there,
            }
            record {
                a_commit_is_all_of_it,
                an_interaction_delivered_twice_is_recorded_once,
                a_commit_on_a_journal_that_moved_on_leaves_nothing,
                a_code_name_is_given_once,
                a_reference_has_one_case_however_it_is_written,
                the_same_seed_gives_the_same_bytes,
                what_was_refused_draws_no_chance,
                a_rollback_of_the_databases_own_does_not_stop_the_next_commit,
                nothing_said_can_be_read_in_the_database,
            }
            tampering {
                the_chain_verifies_without_a_key,
                any_changed_byte_of_an_exported_journal_is_found,
                a_line_taken_out_or_moved_is_found,
                entries_are_neither_changed_nor_deleted_nor_replaced,
                any_changed_column_is_found_in_the_database,
                ending_an_entrys_key_leaves_the_chain_whole,
            }
            directory {
                people_and_agencies_are_found_as_entered,
                texts_sort_by_their_bytes,
                a_guest_without_an_account_is_not_enrolled,
                a_refusal_is_recorded_once,
                a_timer_is_due_until_cleared_and_replaced_by_name,
                a_pinned_text_is_kept_once,
            }
            seated {
                whoever_has_a_seat_has_the_case_until_it_is_circulated,
                what_an_older_convenor_recorded_is_caught_up_with,
                who_is_part_of_a_case_can_not_be_read_in_the_database,
            }
            outbox {
                a_lane_is_delivered_in_order_and_one_at_a_time,
                a_delayed_effect_holds_up_its_own_lane_only,
                a_dead_workers_effect_comes_back_with_its_lease,
                a_lost_claim_settles_nothing,
                a_newer_edit_takes_the_place_of_one_still_waiting,
                an_edit_under_way_is_not_taken_back,
                a_wedged_lane_stands_alone_until_released,
                ids_learnt_are_kept_by_slot_and_lead_to_the_case,
                an_effect_that_can_not_be_read_wedges_its_lane,
            }
            racing {
                of_many_commits_on_one_journal_one_stands,
                of_two_deliveries_at_once_one_is_recorded,
                of_two_cases_of_one_code_name_one_is_opened,
                texts_pinned_by_many_at_once_are_kept,
                two_bots_never_deliver_one_lane_at_once,
            }
            simulation {
                workers_that_die_dawdle_and_fail_lose_nothing_and_keep_every_lane_in_order,
            }
        }
    };
}

keeps_the_contract!(sqlite, convenor::store::Engine::Sqlite);
keeps_the_contract!(postgres, convenor::store::Engine::Postgres);
