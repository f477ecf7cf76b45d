"""Where goods stand: the placements that decide real cases."""

from __future__ import annotations

import pytest

from checker.model.truth import FALSE, TRUE, UNKNOWN
from checker.vocabulary.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("value", "term", "truth"),
    [
        # Register categories and what goes with them
        ("artillery_shell", "heavy_weapons", TRUE),
        ("artillery_shell", "ammunition", TRUE),
        ("artillery_shell", "register_weapons", FALSE),
        ("battle_tank", "register_weapons", TRUE),
        ("rifle", "heavy_weapons", FALSE),
        ("small_arms_ammunition", "heavy_weapons", FALSE),
        ("arms", "heavy_weapons", UNKNOWN),
        ("ammunition", "heavy_weapons", UNKNOWN),
        ("kn_25", "ballistic_missile", FALSE),
        # surface-to-air systems are arms but in no Register category; MANPADS are in it
        ("s_300", "arms", TRUE),
        ("s_300", "heavy_weapons", FALSE),
        ("s_300", "missile_or_launcher", FALSE),
        ("pantsir", "register_weapons", FALSE),
        ("manpads", "missile_or_launcher", TRUE),
        ("manpads", "small_arms_light_weapons", TRUE),
        ("missile", "missile_or_launcher", UNKNOWN),
        ("anti_tank_missile", "missile_or_launcher", FALSE),
        # missiles
        ("hwasong_18", "ballistic_missile", TRUE),
        ("kn_23", "missile_items", TRUE),
        ("fath_360", "ballistic_missile", TRUE),
        ("cruise_missile", "missile_items", UNKNOWN),
        ("cruise_missile", "ballistic_missile", FALSE),
        ("missile_parts", "arms", TRUE),
        ("sodium_perchlorate", "missile_items", FALSE),
        ("sodium_perchlorate", "arms", FALSE),
        # drones: the range of the Mohajer-6 is disputed, so neither 300 km nor less is claimed of it
        ("shahed_136", "uav_300km", TRUE),
        ("shahed_136", "missile_items", TRUE),
        ("mohajer_6", "uav", TRUE),
        ("uav", "missile_items", UNKNOWN),
        ("uav_under_300km", "missile_items", FALSE),
        # sectors
        ("coal", "minerals", TRUE),
        ("diesel", "refined_petroleum", TRUE),
        ("aviation_fuel", "refined_petroleum", TRUE),
        ("crude_oil", "refined_petroleum", FALSE),
        ("luxury_vehicle", "vehicle", TRUE),
        ("luxury_vehicle", "luxury_goods", TRUE),
        ("vehicle", "luxury_goods", UNKNOWN),
        ("yacht", "vessel", TRUE),
        ("apparel", "textiles", TRUE),
        ("hair_products", "textiles", FALSE),
        ("food", "agricultural_products", FALSE),
    ],
)
def test_placement(vocabulary: Vocabulary, value: str, term: str, truth: int) -> None:
    assert vocabulary.compare("goods", value, term) is truth


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("artillery shells", "artillery_shell"),
        ("Shahed-136", "shahed_136"),
        ("Shahed 136", "shahed_136"),
        ("Geran-2", "shahed_136"),
        ("Mohajer-6", "mohajer_6"),
        ("Hwasong-18", "hwasong_18"),
        ("KN-23", "kn_23"),
        ("Su-35", "su_35"),
        ("S-300", "s_300"),
        ("ICBM", "ballistic_missile"),
        ("RPG-7", "rocket_propelled_grenade"),
        ("kamikaze drone", "armed_uav"),
        ("jet fuel", "aviation_fuel"),
        ("limousine", "luxury_vehicle"),
        ("anti-tank weapons", "anti_tank_missile"),
        ("Pantsir-S1", "pantsir"),
        ("wigs", "hair_products"),
    ],
)
def test_spellings(vocabulary: Vocabulary, text: str, term: str) -> None:
    assert vocabulary.resolve("goods", text) == term


@pytest.mark.parametrize(
    ("term", "codes", "source"),
    [
        ("machinery", {"84"}, "resolution"),
        ("electrical_machinery", {"85"}, "resolution"),
        ("earth_and_stone", {"25"}, "resolution"),
        ("wood", {"44"}, "resolution"),
        ("vessel", {"89"}, "resolution"),
        ("agricultural_products", {"07", "08", "12"}, "resolution"),
        ("transport_vehicle", {"86", "87", "88", "89"}, "resolution"),
        ("metals", {"72", "73", "74", "75", "76", "78", "79", "80", "81", "82", "83"}, "resolution"),
        ("coal", {"2701", "2702"}, "mapping"),
        ("textiles", {str(n) for n in range(50, 64)}, "mapping"),
        ("seafood", {"03", "1603", "1604", "1605"}, "mapping"),
    ],
)
def test_hs_codes(vocabulary: Vocabulary, term: str, codes: set[str], source: str) -> None:
    found = vocabulary.taxonomies["goods"].terms[term]
    assert (set(found.hs), found.hs_source) == (codes, source)


@pytest.mark.parametrize(
    ("term", "lethal"),
    [
        ("rifle", True),
        ("artillery_shell", True),
        ("armed_uav", True),
        ("manpads", True),
        ("protective_gear", False),
        ("night_vision", False),
        ("arms", None),
        ("uav", None),
        ("military_equipment", None),
        ("coal", None),
    ],
)
def test_lethal_is_known_only_where_all_narrower_terms_agree(vocabulary: Vocabulary, term: str, lethal: bool | None) -> None:
    from checker.vocabulary.values import FactReader

    assert FactReader(vocabulary).lethal(term) is lethal


def test_core_terms_of_every_taxonomy_are_there(vocabulary: Vocabulary) -> None:
    core = {
        "acts": "transfer sale purchase gift barter lease shipment brokering ship_to_ship_transfer assistance military_training "
        "police_training "
        "technical_assistance advice maintenance_service manufacturing_assistance deployment troop_deployment adviser_deployment "
        "mercenary_deployment weapons_test nuclear_test missile_launch ballistic_missile_launch satellite_launch cruise_missile_launch "
        "engine_test labour labour_dispatch employment hosting work_permit repatriation finance financial_service insurance "
        "banking_relation payment joint_venture vessel_service port_call ship_registration bunkering crewing travel asset_dealing "
        "construction seizure use_in_combat contact statement meeting treaty_signature recognition missed_report",
        "stages": "planned negotiated contracted attempted done",
        "party_kinds": "government armed_forces police armed_group company bank person un_body ngo mission",
        "approvals": "un_1718_committee un_1737_committee un_security_council un_2140_committee host_state",
    }
    for name, words in core.items():
        assert set(words.split()) <= set(vocabulary.taxonomies[name].terms), name
