"""Who may do each verb on the story's own object: closed, so a new verb must say."""

from __future__ import annotations

from typing import Any

from tests.matrix.people import table
from tests.matrix.world import World
from thidua.base.audit.acts import ACTS

# The object asked about, by the parameter the verb looks at.
OBJECTS = {
    "report": "report",
    "account": "account",
    "user": "account",
    "person": "person",
    "tenure": "tenure",
    "appointment": "appointment",
    "batch": "batch",
    "file": "file",
    "paper": "draft_paper",
    "package": "package",
    "nomination": "nomination",
    "honour": "honour",
    "rating": "rating",
    "check": "list_check",
    "initiative": "initiative",
    "use": "use",
    "discipline": "discipline",
    "matter": "matter",
    "equivalence": "equivalence",
    "statement": "statement",
    "leave": "leave",
    "membership": "membership",
    "oversight": "oversight",
    "covenant": "draft_covenant",
    "registration": "registration",
    "regulation": "regulation",
    "conference": "planned",
    "invitation": "invitation",
    "attendance": "attendance",
    "item": "item",
    "handover": "handover",
    "action_item": "task",
    "ballot": "draft_ballot",
    "layer": "layer",
    "sheet": "sheet",
    "explanation": "explanation",
    "scorecard": "card",
    "movement": "movement",
    "review": "review",
    "adoption": "adoption",
    "exemplar": "exemplar",
    "merging": "merging",
    "answer": "nothing_told",
    "follow_up": "follow_up",
    "indicator": "indicator",
    "result": "result",
    "unit": "unit",
    "about": "unit",
    "lead": "unit",
    "issuer": "unit",
}
OF_ONE_VERB = {
    "documents.edit_reference": "reference",
    "nominations.receive_package": "sent_package",
    "nominations.return_package": "sent_package",
    "nominations.appraise": "sent_package",
    "nominations.record_decision": "sent_package",
    "results.pass_report": "cluster_report",
    **dict.fromkeys(
        (
            "voting.commit_key",
            "voting.reveal_key",
            "voting.pass_shares",
            "voting.confirm_key",
            "voting.compare_manifest",
            "voting.give_share",
            "voting.destroy_own_share",
        ),
        "ceremony_ballot",
    ),
}


def subject_of(verb: str, world: World) -> Any:
    """The object of the bloc (of Sở Y tế where it is a member's) that the verb's permission looks at."""
    story, on = world.story, ACTS[verb].on
    whole: dict[str, Any] = {
        "": None,
        "kind": "units",
        "owner": story.cycle,
        "cycle": story.cycle,
        "to_cycle": story.cycle,
        "cluster": story.bloc,
        "authority": story.units["tinh"],
        "parent": story.units["tinh"],
        "owner_unit": story.units["van_hoa"],
    }
    return whole[on] if on in whole else world[OF_ONE_VERB.get(verb, OBJECTS[on])]


def elsewhere(verb: str, world: World) -> Any:
    """The like object of another cluster, where one can be named without more ado; else None."""
    story = world.story
    bloc: dict[str, Any] = dict.fromkeys(("owner", "cycle", "to_cycle"), story.other_cycle)
    bloc |= {"cluster": story.other_bloc}
    bloc |= dict.fromkeys(("unit", "lead", "issuer", "owner_unit"), story.units["dan_toc"])
    return bloc.get(ACTS[verb].on)


# verb | who may
VERBS = table(
    """
# accounts
accounts.create_account | admin
accounts.reset_password | admin
accounts.switch_account | admin
accounts.edit_email | an
accounts.end_session | an
accounts.end_other_sessions | an
# files
files.store | officials
files.record_scan | -
# sheets
sheets.preview_import | body admin
sheets.confirm_import | body admin
sheets.undo_import | body admin
# organisations
organisations.create_person | body admin
organisations.edit_person | body admin
organisations.give_account | admin
organisations.remove_person | body admin
organisations.hold_office | body admin
organisations.end_tenure | body admin
organisations.remove_tenure | body admin
organisations.appoint | body admin
organisations.end_appointment | body admin
organisations.create_standing_body | admin
organisations.create_unit | body admin
organisations.edit_unit | body admin
organisations.rename_unit | body admin
organisations.move_unit | body admin
organisations.end_unit | body admin
organisations.record_succession | body admin
organisations.remove_unit | body admin
# honours
honours.record_honour | body
honours.revoke_honour | body
honours.record_history | body
honours.strike_honours | body
# the log
audit.hand_out | officials  # whether the file may be seen is asked before
# records
records.record_rating | unit body
records.record_ratings | unit fellow hai other body  # each row asks about its own unit
records.remove_rating | unit body
records.remove_ratings | unit fellow hai other body
records.record_initiative | unit body
records.remove_initiative | unit body
records.record_use | unit body
records.remove_use | unit body
records.describe_person | unit body
records.record_leave | unit body
records.remove_leave | unit body
records.describe_unit | unit body
records.record_statement | unit body
records.remove_statement | unit body
records.state_equivalence | unit body
records.correct_equivalence | unit body
records.remove_equivalence | unit body
records.record_discipline | leader body
records.end_discipline | leader body
records.remove_discipline | leader body
records.report_matter | leader body
records.conclude_matter | leader body
records.remove_matter | leader body
# documents
documents.register_paper | unit
documents.rewrite_paper | head
documents.number_paper | head
documents.seal_paper | head
documents.void_number | head
documents.discard_draft | head
documents.register_reference | members other body admin
documents.edit_reference | body admin
# voting
voting.create_ballot | head
voting.revise_ballot | head
voting.name_committee | head
voting.open_second_ballot | head
voting.repeat_ballot | head
voting.void_ballot | head
voting.decide_tie | head
voting.enter_count | fellow body an
voting.recount | fellow body an
voting.confirm_recount | fellow body an
voting.sign_count | head fellow body an
voting.seal_roll | head
voting.open_ballot | head
voting.mark_roll | head
voting.close_ballot | head
voting.name_trustees | head
voting.restart_ceremony | head
voting.seal_manifest | head
voting.rehearse_ballot | head
voting.open_poll | head
voting.purge_ballots | head
voting.issue_slips | head fellow body an
voting.confirm_lines | head fellow body an
voting.keep_committee_key | fellow body an
voting.replace_credential | fellow body an
voting.sign_replacement | fellow body an
voting.commit_key | fellow body an
voting.reveal_key | fellow body an
voting.pass_shares | fellow body an
voting.confirm_key | fellow body an
voting.compare_manifest | fellow body an
voting.give_share | fellow body an
voting.destroy_own_share | fellow body an
voting.enroll_device | members
voting.keep_stamp | -
# clusters
clusters.create_cluster | body admin
clusters.edit_cluster | body admin
clusters.add_members | body admin
clusters.end_membership | body admin
clusters.order_members | body admin
clusters.assign_oversight | body admin
clusters.end_oversight | body admin
clusters.cite_guidance | body admin
clusters.draft_covenant | head body
clusters.edit_covenant | head body
clusters.drop_covenant | head body
clusters.open_covenant | head body
clusters.sign_covenant | leader
clusters.define_indicator | head body
clusters.describe_indicator | head body
clusters.end_indicator | head body
clusters.open_cycle | head body admin
clusters.edit_cycle | head body admin
clusters.choose_heads | body admin
clusters.set_due_dates | head body admin
clusters.close_cycle | head body admin
clusters.reopen_cycle | body admin
clusters.save_registration | unit
clusters.submit_registration | unit
clusters.withdraw_registration | unit
clusters.return_registration | head body
clusters.forward_registrations | head
clusters.draft_regulation | head body
clusters.edit_regulation | head body
clusters.drop_regulation | head body
clusters.adopt_regulation | head body
# movements
movements.launch_movement | body admin
movements.revise_movement | body admin
movements.remove_movement | body admin
movements.review_movement | body admin
movements.remove_review | body admin
movements.apply_movement | head body admin
movements.drop_movement | head body admin
movements.adopt_movement | unit
movements.withdraw_adoption | unit
# exemplars
exemplars.enter_exemplar | unit
exemplars.revise_exemplar | unit
exemplars.remove_exemplar | unit
exemplars.follow_exemplar | unit
exemplars.strike_step | unit
exemplars.record_consent | unit
exemplars.attach_evidence | unit
exemplars.detach_evidence | unit
exemplars.answer_nothing | unit
exemplars.withdraw_nothing | unit
exemplars.merge_exemplars | unit head body
exemplars.unmerge_exemplars | unit head body
exemplars.add_category | head body
exemplars.remove_category | head body
# results
results.enter_values | members body
results.confirm_values | unit
results.attach_evidence | unit body
results.detach_evidence | unit body
results.save_report | unit
results.submit_report | unit
results.attach_file | unit
results.detach_file | unit
results.compile_report | head
results.withdraw_report | unit
results.return_report | head body
results.accept_report | head body
results.pass_report | head body
# scoring
scoring.write_marks | unit
scoring.copy_marks | unit
scoring.accept_proposal | unit
scoring.send_layer | unit
scoring.correct_mark | unit
scoring.assign_cross | head body
scoring.plan_checks | head body
scoring.record_visit | fellow head body
scoring.send_part | -  # the table names no unit
scoring.correct_flags | -
scoring.raise_flags | -  # in a self-score nobody does
scoring.explain | unit
scoring.answer_explanation | head body
scoring.attach_evidence | unit
scoring.remove_evidence | unit
scoring.draft_scorecard | head body
scoring.drop_scorecard | head body
scoring.edit_scorecard | head body
scoring.write_table | head body
scoring.keep_unsaved | head body
scoring.forget_unsaved | head body
scoring.adopt_scorecard | head body
scoring.open_sheets | head body
scoring.carry_over | head body
scoring.publish | head
# conferences
conferences.set_invitations | head body
conferences.answer_invitation | unit head body
conferences.add_attendance | head body
conferences.remove_attendance | head body
conferences.tick_list | head body
conferences.check_in | unit head body
conferences.open_ballot_for | head
conferences.acclaim | head
conferences.mark_roll_present | head
conferences.prepare_handover | head
conferences.edit_handover | head
conferences.sign_handover | leader hai
conferences.open_next_year | head
conferences.add_opinion | head body
conferences.remove_opinion | head body
conferences.compose_minutes | head body
conferences.edit_minutes | head body
conferences.seal_minutes | head
conferences.add_action_item | head body
conferences.settle_action_item | unit head body
conferences.plan_conference | head body
conferences.edit_conference | head body
conferences.set_chairs | head body
conferences.set_agenda | head body
conferences.send_invitations | head body
conferences.cancel_conference | head body
conferences.add_handout | head body
conferences.remove_handout | head body
conferences.record_publication | head body
conferences.start_conference | head body
conferences.begin_item | head body
conferences.end_item | head body
conferences.write_notes | head body
conferences.end_conference | head body
# eligibility
eligibility.keep_verdict | officials  # whoever may propose keeps the answer with the proposal
eligibility.begin_check | unit fellow hai other body
eligibility.check_some | an
eligibility.remove_check | an
# nominations
nominations.prepare_package | head
nominations.edit_package | head
nominations.discard_package | head
nominations.nominate | head
nominations.edit_nomination | head
nominations.withdraw_nomination | head
nominations.submit_package | head
nominations.receive_package | body
nominations.return_package | body
nominations.appraise | body
nominations.record_decision | body
# desk
desk.remind | head body
    """
)
