"""Who may read and who may write at each address of the story's bloc: closed, so a new address must say.

The words are those of `people.WORDS`; “-” is nobody, or a method the address does not take. What a person
is let in to may still be refused for its moment or its contents, never as a right.
"""

from __future__ import annotations

from tests.matrix.people import table

# address | who may read | who may write
ADDRESSES = table(
    """
# ui
ui:gallery | officials | -
# accounts
accounts:profile | officials | officials
accounts:end_session | - | officials  # only ends one of one's own
accounts:end_other_sessions | - | officials
accounts:accounts | admin | -
accounts:account | admin | -
accounts:reset_password | - | admin
accounts:switch_account | - | admin
# files
files:download | unit | -
# sheets
sheets:batch | body admin | body admin
sheets:faults | body admin | -
sheets:start | body admin | body admin
sheets:blank | body admin | -
# organisations
organisations:units | officials | -
organisations:create_unit | body admin | body admin
organisations:unit | officials | -
organisations:edit_unit | body admin | body admin
organisations:rename_unit | body admin | body admin
organisations:move_unit | body admin | body admin
organisations:end_unit | body admin | body admin
organisations:succession | body admin | body admin
organisations:create_standing_body | admin | admin
organisations:people | body admin | -
organisations:suggest_people | body admin | -
organisations:create_person | body admin | body admin
organisations:hold_office | body admin | body admin
organisations:appoint | body admin | body admin
organisations:person | an body admin | -  # An's own page
organisations:edit_person | body admin | body admin
organisations:give_account | admin | admin
organisations:end_tenure | body admin | body admin
organisations:end_appointment | body admin | body admin
# rulebook
rulebook:law | officials | -
rulebook:kind | officials | -
rulebook:code | officials | -
# honours
honours:search | officials | -
honours:record | body | body
honours:revoke | body | body
honours:strike | body | body
# records
records:index | unit fellow hai other body | -
records:unit | unit body | -
records:rating | unit body | unit body
records:remove_rating | - | unit body
records:add_initiative | unit body | unit body
records:initiative | unit body | unit body
records:remove_initiative | - | unit body
records:remove_use | - | unit body
records:describe_unit | unit body | unit body
records:describe_person | unit body | unit body
records:leave | unit body | unit body
records:remove_leave | - | unit body
records:state_of_unit | unit body | unit body
records:state_of_person | unit body | unit body
records:remove_statement | - | unit body
records:state_equivalence | unit body | unit body
records:correct_equivalence | unit body | unit body
records:remove_equivalence | - | unit body
records:discipline | leader body | leader body
records:end_discipline | leader body | leader body
records:remove_discipline | - | leader body
records:matter | leader body | leader body
records:conclude | leader body | leader body
records:remove_matter | - | leader body
# documents
documents:index | officials | -
documents:references | officials | -
documents:add_reference | members other body admin | members other body admin
documents:edit_reference | body admin | body admin
documents:paper | head | -  # a draft of the head's
documents:download | head | -
documents:number | - | head
documents:seal | - | head
documents:void | - | head
documents:discard | - | head
# voting
voting:ballot | members body council approver auditor | -
voting:revise | head | head
voting:committee | head | head
voting:seal | - | head
voting:open | - | head
voting:mark | - | head
voting:close | - | head
voting:count | an fellow body | an fellow body
voting:check | - | an fellow body
voting:disagreement | an fellow head body | -
voting:recount | - | an fellow body
voting:confirm | - | an fellow body
voting:result | members body council approver auditor | -
voting:sign | - | an fellow head body
voting:second_ballot | head | head
voting:ruling | head | head
voting:void | head | head
voting:repeat | - | head
voting:room | members body council approver auditor | -
voting:print | members body council approver auditor | -
voting:ceremony | members body council approver auditor | -
voting:trustees | head | head
voting:restart | - | head
voting:seal_manifest | - | head
voting:confirm_lines | - | an fellow head body
voting:rehearse | - | head
voting:open_poll | - | head
voting:purge | - | head
voting:vote | members | -
voting:check_device | members body council approver auditor | -
voting:credential | members | -
voting:key | an fellow body | -
voting:slips_page | an fellow head body | -
voting:committee_key_page | an fellow body | -
voting:board_page | members body council approver auditor | -
voting:manifest | members body council approver auditor | -
voting:board | members body council approver auditor | -
voting:package | members body council approver auditor | -
voting:audited | members body council approver auditor | -
voting:me | - | members
voting:send_ballot | - | members
voting:decide | - | members
voting:key_state | members body council approver auditor | -
voting:commit_key | - | an fellow body
voting:reveal_key | - | an fellow body
voting:pass_shares | - | an fellow body
voting:confirm_key | - | an fellow body
voting:compare_manifest | - | an fellow body
voting:give_share | - | an fellow body
voting:destroy_share | - | an fellow body
voting:slips | - | an fellow head body
voting:device | - | members
voting:committee_key | - | an fellow body
voting:replace | - | an fellow body
# clusters
clusters:list | officials | -
clusters:create | body admin | body admin
clusters:cluster | cluster | -
clusters:edit | body admin | body admin
clusters:members | body admin | body admin
clusters:order_members | - | body admin
clusters:end_membership | body admin | body admin
clusters:oversight | body admin | body admin
clusters:end_oversight | - | body admin
clusters:guidance | body admin | body admin
clusters:indicators | cluster | -
clusters:add_indicator | head body | head body
clusters:edit_indicator | head body | head body
clusters:end_indicator | - | head body
clusters:open_cycle | head body admin | head body admin
clusters:settings | head body admin | head body admin
clusters:choose_heads | - | body admin
clusters:set_due_dates | - | head body admin
clusters:take_regulation_dates | - | head body admin
clusters:close_cycle | - | head body admin
clusters:reopen_cycle | - | body admin
clusters:regulation | cluster | -
clusters:draft_regulation | - | head body
clusters:regulation_version | cluster | -
clusters:edit_regulation | head body | head body
clusters:adopt_regulation | head body | head body
clusters:drop_regulation | - | head body
clusters:regulation_file | cluster | -
clusters:covenant | cluster | -
clusters:draft_covenant | - | head body
clusters:covenant_version | cluster | -
clusters:edit_covenant | head body | head body
clusters:open_covenant | - | head body
clusters:sign_covenant | - | leader
clusters:drop_covenant | - | head body
clusters:covenant_file | cluster | -
clusters:own_registration | cluster | -
clusters:registrations | head watchers | -
clusters:registrations_excel | head watchers | -
clusters:registrations_paper | head watchers | -
clusters:forward_registrations | - | head
clusters:registration | unit head watchers | unit
clusters:autosave_registration | - | unit
clusters:withdraw_registration | - | unit
clusters:return_registration | head body | head body
# movements
movements:catalogue | officials | -
movements:catalogue_excel | officials | -
movements:statistics | officials | -
movements:statistics_excel | officials | -
movements:add | members other body admin | members other body admin
movements:movement | officials | -
movements:revise | body admin | body admin
movements:remove | - | body admin
movements:review | body admin | body admin
movements:remove_review | - | body admin
movements:board | cluster | -
movements:board_excel | cluster | -
movements:launch | head body admin | head body admin
movements:apply | head body admin | head body admin
movements:drop | - | head body admin
movements:adopt | unit | unit
movements:withdraw | - | unit
# exemplars
exemplars:register | cluster | -
exemplars:register_excel | cluster | -
exemplars:categories | head body | head body
exemplars:remove_category | - | head body
exemplars:enter | members | members
exemplars:exemplar | unit head watchers | -
exemplars:revise | unit | unit
exemplars:remove | - | unit
exemplars:follow | unit | unit
exemplars:strike | unit | unit
exemplars:consent | unit | unit
exemplars:attach | unit | unit
exemplars:detach | - | unit
exemplars:merge | unit head body | unit head body
exemplars:unmerge | - | unit head body
exemplars:nothing | unit | unit
exemplars:withdraw_nothing | - | unit
# results
results:values | members watchers | -
results:board | members watchers | members body
results:enter | - | members body
results:grid | unit head watchers | unit head body
results:value | unit head watchers | unit body
results:detach_evidence | - | unit body
results:followed | unit | unit
results:confirm | - | unit
results:values_excel | members watchers | -
results:trend | unit head watchers | -
results:list | cluster | -
results:late | cluster | -
results:figures_excel | cluster | -
results:compile | - | head
results:cluster_report | cluster | -
results:cluster_edit | head | head
results:cluster_autosave | - | head
results:cluster_submit | - | head
results:cluster_withdraw | - | head
results:cluster_return | body | body
results:cluster_accept | - | body
results:cluster_attach | - | head
results:cluster_detach | - | head
results:cluster_paper | cluster | -
results:report | unit head watchers | -
results:edit | unit | unit
results:autosave | - | unit
results:submit | - | unit
results:withdraw | - | unit
results:return | head body | head body
results:accept | - | head body
results:attach | - | unit
results:detach | - | unit
results:paper | unit head watchers | -
# scoring
scoring:overview | cluster | -
scoring:assign | head body | head body
scoring:plan | head body | head body
scoring:visit | cluster | fellow head body
scoring:visit_paper | cluster | -
scoring:open_sheets | - | head body
scoring:scorecard | cluster | -
scoring:edit_scorecard | head body | head body
scoring:set_rule | head body | head body
scoring:import_table | head body | head body
scoring:undo_table | - | head body
scoring:arrange | - | head body
scoring:table_settings | head body | head body
scoring:adopt_scorecard | - | head body
scoring:drop_scorecard | - | head body
scoring:scorecard_paper | cluster | -
scoring:sheet | unit fellow head body auditor | -  # Sở Giáo dục visits it
scoring:sheet_paper | unit fellow head body auditor | -
scoring:save_marks | - | unit
scoring:send | - | unit
scoring:copy | - | unit
scoring:correct | unit | unit
scoring:explain | - | unit
scoring:answer | - | head body
scoring:accept | - | unit
scoring:send_part | - | -  # the table of the story names no unit
scoring:correct_flags | - | -
scoring:flags | - | -  # the layer of the story is a self-score
scoring:attach | - | unit
scoring:detach | - | unit
scoring:ranking | head body auditor | -
scoring:summary | cluster | -
scoring:picture | head body auditor | -
scoring:projection | head body auditor | -
scoring:publish | - | head
scoring:ranking_files | head body auditor | -
scoring:ranking_paper | head body auditor | -
# conferences
conferences:conferences | cluster | -
conferences:plan | head body | head body
conferences:conference | cluster | -
conferences:edit | head body | head body
conferences:chairs | head body | head body
conferences:agenda | head body | head body
conferences:invite | head body | head body
conferences:send_invitations | - | head body
conferences:cancel | - | head body
conferences:handout | head body | head body
conferences:remove_handout | - | head body
conferences:publication | head body | head body
conferences:answer | unit head body | unit head body
conferences:attendance | cluster | head body
conferences:guest | head body | head body
conferences:remove_guest | - | head body
conferences:paper | cluster | -
conferences:start | - | head body
conferences:end | - | head body
conferences:notes | head body | head body
conferences:begin_item | - | head body
conferences:end_item | - | head body
conferences:ballot | head | head
conferences:acclaim | head | head
conferences:mark_roll | - | head
conferences:screen | cluster | -
conferences:minutes | cluster | head body
conferences:compose | - | head body
conferences:seal | - | head
conferences:add_opinion | head body | head body
conferences:remove_opinion | - | head body
conferences:add_task | head body | head body
conferences:settle_task | unit head body | unit head body
conferences:handover | cluster | -
conferences:edit_handover | head | head
conferences:sign_handover | - | leader hai
conferences:open_next_year | - | head
conferences:handover_paper | cluster | -
conferences:congresses | officials | -
conferences:plan_congress | members other body | members other body
conferences:conference (đại hội) | unit fellow admin | -
conferences:edit (đại hội) | unit | unit
conferences:chairs (đại hội) | unit | unit
conferences:agenda (đại hội) | unit | unit
conferences:invite (đại hội) | unit | unit
conferences:send_invitations (đại hội) | - | unit
conferences:cancel (đại hội) | - | unit
conferences:handout (đại hội) | unit | unit
conferences:remove_handout (đại hội) | - | unit
conferences:publication (đại hội) | unit | unit
conferences:answer (đại hội) | unit fellow | unit fellow
conferences:attendance (đại hội) | unit fellow admin | unit
conferences:guest (đại hội) | unit | unit
conferences:remove_guest (đại hội) | - | unit
conferences:paper (đại hội) | unit fellow admin | -
conferences:start (đại hội) | - | unit
conferences:end (đại hội) | - | unit
conferences:notes (đại hội) | unit | unit
conferences:begin_item (đại hội) | - | unit
conferences:end_item (đại hội) | - | unit
conferences:ballot (đại hội) | leader | leader
conferences:acclaim (đại hội) | leader | leader
conferences:mark_roll (đại hội) | - | leader
conferences:screen (đại hội) | unit fellow admin | -
conferences:minutes (đại hội) | unit fellow admin | unit
conferences:compose (đại hội) | - | unit
conferences:seal (đại hội) | - | leader
conferences:add_opinion (đại hội) | unit | unit
conferences:remove_opinion (đại hội) | - | unit
conferences:add_task (đại hội) | unit | unit
conferences:settle_task (đại hội) | unit | unit
conferences:check_in | unit head body | unit head body
# eligibility
eligibility:index | unit fellow hai other body | -
eligibility:person | unit body | -
eligibility:collective | unit body | -
eligibility:unit | unit body | -
eligibility:keep | - | unit body
eligibility:verdict | unit body | -
eligibility:lists | unit fellow hai other body | unit fellow hai other body
eligibility:check | an | -  # An's own list
eligibility:remove_check | - | an
# nominations
nominations:inbox | officials | -  # each finds what was sent to their own body
nominations:index | cluster | -
nominations:prepare | - | head
nominations:package | members | -  # not sent yet: the cluster's own
nominations:edit_package | head | head
nominations:letter | members | -
nominations:archive | members | -
nominations:discard | - | head
nominations:nominate | head | head
nominations:edit | head | head
nominations:withdraw | - | head
nominations:submit | - | head
nominations:receive | - | body
nominations:return | body | body
nominations:appraise | body | body
nominations:decide | body | body
# portal
portal:front | public | -
# desk
desk:home | public | -
desk:notices | officials | officials
desk:demo_day | - | public
desk:cycle | cluster | -
desk:remind | - | head body
desk:log | cluster | -
desk:whole_log | auditor admin | -
    """
)

# Pages of the library that signs people in, each about the person who asks; the library tests them.
OF_THE_SIGN_IN_LIBRARY = [
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
]
