from __future__ import annotations

import pytest

from clausecheck.document import Party, Role

from .support import contract

BODY = "\n第一條 範圍\n雙方同意辦理。\n第二條 其他\n無。"


def party(text: str, role: Role) -> Party:
    found = contract(text).party(role)
    assert found is not None
    return found


def sides(text: str) -> tuple[str, str]:
    return party(text, "customer").name, party(text, "supplier").name


FIRM, VENDOR = "青山證券股份有限公司", "雲程資訊股份有限公司"


@pytest.mark.parametrize(
    "head",
    [
        f"甲方：{FIRM}\n乙方：{VENDOR}",
        f"甲方：{VENDOR}\n乙方：{FIRM}",
        f"甲　方：{FIRM}（以下簡稱甲方）\n乙　方：{VENDOR}（以下簡稱乙方）",
        f"委託人：{FIRM}（下稱「委託人」）\n受託人：{VENDOR}（下稱「受託人」）",
        f"立約人{FIRM}（以下稱「甲方」）與{VENDOR}（以下稱「乙方」），茲就維護訂立本約：",
        f"立約人：{FIRM}（下稱甲方）\n　　　　{VENDOR}（下稱乙方）",
        f"買　方 | {FIRM}（以下稱「買方」）\n賣　方 | {VENDOR}（以下稱「賣方」）",
        f" | 甲方 | 乙方\n名稱 | {FIRM} | {VENDOR}",
        f"定作人 {FIRM} （以下簡稱甲方）\n承攬人 {VENDOR} （以下簡稱乙方）",
        f"本約由{FIRM}與{VENDOR}訂立。",
    ],
)
def test_declarations(head: str) -> None:
    assert sides(f"維護契約\n{head}{BODY}") == (FIRM, VENDOR)


def test_aliases_longest_first() -> None:
    made = party(f"契約\n甲方：{FIRM}（以下簡稱「青山」）\n乙方：{VENDOR}{BODY}", "customer")
    assert made.aliases == (FIRM, "甲方", "青山")


def test_short_names_count_only_when_they_are_used() -> None:
    head = "契約\n甲方：禾汀綜合證券股份有限公司\n乙方：雲程資訊股份有限公司"
    assert party(head + BODY, "customer").aliases == ("禾汀綜合證券股份有限公司", "甲方")
    used = party(head + BODY + "\n禾汀證券得終止。地址：臺北市雲程路一號", "customer").aliases
    assert used == ("禾汀綜合證券股份有限公司", "禾汀證券", "甲方", "禾汀")
    assert party(head + BODY + "\n地址：臺北市雲程路一號", "supplier").aliases == ("雲程資訊股份有限公司", "乙方")


def test_spoken_words() -> None:
    text = (
        "約定書\n客戶：禾汀證券股份有限公司（以下一律叫「您」）\n"
        "設計方：紙魚數位工作室有限公司（以下一律叫「我們」）\n一、做什麼\n"
        "我們幫您做網站，貴公司的資料會加密。\n二、錢\n您付錢。"
    )
    assert party(text, "customer").aliases == ("禾汀證券股份有限公司", "貴公司", "您")
    assert "我們" in party(text, "supplier").aliases
    assert "客戶" not in party(text, "customer").aliases


def test_the_trade_counts_more_than_the_letters() -> None:
    head = (
        "授權合約\n授權人：磐石科技股份有限公司（以下簡稱「甲方」）\n"
        "被授權人：河岸證券投資顧問股份有限公司（以下簡稱「乙方」）"
    )
    assert sides(head + BODY) == ("河岸證券投資顧問股份有限公司", "磐石科技股份有限公司")


def test_deeds_decide_where_names_do_not() -> None:
    text = (
        "契約\n甲方：東方有限公司\n乙方：西方有限公司\n第一條 服務\n"
        "甲方應提供維護，並應交付報告。甲方應派員排除故障。\n第二條 費用\n"
        "乙方應支付費用予甲方。乙方得查核甲方。"
    )
    assert sides(text) == ("西方有限公司", "東方有限公司")


def test_blank_names() -> None:
    text = "契約\n委託人：○○證券股份有限公司（以下簡稱甲方）\n受託人：＿＿＿＿＿＿（以下簡稱乙方）" + BODY
    assert party(text, "customer").aliases == ("○○證券股份有限公司", "委託人", "甲方")
    assert party(text, "supplier") == Party("supplier", "", ("受託人", "乙方"))


def test_nobody_is_declared() -> None:
    text = (
        "契約\n第一條 服務\n乙方應提供服務，甲方應支付費用。\n第二條 驗收\n"
        "甲方得驗收，乙方應改善。乙方應交付文件，甲方應付款。"
    )
    assert [(p.role, p.aliases) for p in contract(text).parties] == [("customer", ("甲方",)), ("supplier", ("乙方",))]


def test_several_firms_on_one_side() -> None:
    made = contract(
        f"契約\n"
        f"立約人 山河證券股份有限公司、山河期貨股份有限公司（以下合稱「甲方」）與{VENDOR}（以下"
        f"簡稱「乙方」），訂立本契約：{BODY}"
    )
    assert [(p.role, p.name) for p in made.parties] == [
        ("customer", "山河證券股份有限公司"),
        ("customer", "山河期貨股份有限公司"),
        ("supplier", VENDOR),
    ]
    assert all("甲方" in p.aliases for p in made.parties if p.role == "customer")


def test_an_undertaking() -> None:
    text = (
        "保密切結書\n"
        "立切結書人（以下簡稱本人）因承辦青山證券股份有限公司（以下稱貴公司）資訊專案，願遵守：\n"
        "一、對貴公司資料保密。\n二、不得複製。\n立切結書人：＿＿＿"
    )
    assert party(text, "customer") == Party("customer", FIRM, (FIRM, "貴公司"))
    assert set(party(text, "supplier").aliases) == {"立切結書人", "本人"}


def test_the_suppliers_own_terms() -> None:
    text = (
        "服務條款\n"
        "歡迎使用雲朵軟體股份有限公司（以下簡稱「本公司」）之服務，使用之企業（以下簡稱「客戶」"
        "）應遵守下列條款。\n"
        "第一條 服務\n本公司提供服務，客戶應支付費用。\n第二條 變更\n無。"
    )
    assert party(text, "supplier").name == "雲朵軟體股份有限公司"
    assert party(text, "customer").aliases == ("客戶",)


def test_pronouns_need_a_definition() -> None:
    made = contract(f"契約\n甲方：{FIRM}\n乙方：{VENDOR}\n第一條 甲\n本公司與貴公司及我們、您。\n第二條 乙\n無。")
    assert {a for p in made.parties for a in p.aliases} == {FIRM, VENDOR, "甲方", "乙方"}


def test_english_definitions() -> None:
    text = (
        'SERVICES AGREEMENT\nThis Agreement (this "Agreement") is made on 1 March 2025 '
        'between Kestrel Analytics Limited, a company incorporated in Ireland ("Kestrel"), '
        "and Lantern Securities Investment Trust Co., Ltd. "
        '(燈澳證券投資信託股份有限公司), a company of Taiwan ("Lantern").\n'
        "Article 1 Service\nKestrel shall provide the Service.\nArticle 2 Fees\nLantern shall pay Kestrel."
    )
    assert party(text, "customer") == Party(
        "customer",
        "Lantern Securities Investment Trust Co., Ltd.",
        ("Lantern Securities Investment Trust Co., Ltd.", "燈澳證券投資信託股份有限公司", "Lantern"),
    )
    assert party(text, "supplier").aliases == ("Kestrel Analytics Limited", "Kestrel")


def test_english_role_words_and_capitals() -> None:
    text = (
        "LICENSE AGREEMENT\nTHIS AGREEMENT is entered into as of March 3, 2025 by and between:\n"
        '(1) OAKFIELD FUTURES CO., LTD., a company of Taiwan (hereinafter referred to as the "Licensee"); and\n'
        '(2) Pinecone Technologies Pte. Ltd., a Singapore company (the "Licensor").\n'
        "Article 1 - Grant\nThe Licensor grants the Licensee a licence.\nArticle 2 - Term\nOne year."
    )
    assert sides(text) == ("OAKFIELD FUTURES CO., LTD.", "Pinecone Technologies Pte. Ltd.")
    assert party(text, "customer").aliases == ("OAKFIELD FUTURES CO., LTD.", "the Licensee", "Licensee")


def test_english_names_without_definitions() -> None:
    text = (
        "SERVICE AGREEMENT\nbetween\nHarbor Securities Corp.\nand\nTidewater Systems LLC\n"
        "1. Services\nVendor shall provide services. Client shall pay Vendor.\n2. Fees\n"
        "Client shall pay. Vendor shall invoice Client. Vendor shall support."
    )
    assert sides(text) == ("Harbor Securities Corp.", "Tidewater Systems LLC")
    assert "Client" in party(text, "customer").aliases


def test_nothing_is_made_up() -> None:
    assert contract("公告\n本日天氣晴。").parties == ()


def test_bare_quotes_define_role_words() -> None:
    text = (
        "主訂閱協議\n本協議（「本協議」）係由 Veritane 合規科技私人有限公司，一家依新加坡法律"
        "組織並存續之公司（「受託人」），"
        "與群信證券股份有限公司，一家依中華民國法律組織並存續之公司（「委託人」）訂立。"
    )
    assert sides(text + BODY) == ("群信證券股份有限公司", "Veritane 合規科技私人有限公司")
    assert party(text + BODY, "customer").aliases == ("群信證券股份有限公司", "委託人")


def test_words_in_front_of_a_name_are_no_part_of_it() -> None:
    text = f"契約\n招標機關{FIRM}（以下簡稱機關）及得標廠商{VENDOR}（以下簡稱廠商）雙方同意訂定本契約：{BODY}"
    assert sides(text) == (FIRM, VENDOR)
    assert party(text, "supplier").aliases == (VENDOR, "廠商")


def test_simplified_characters() -> None:
    text = "采购合同\n采购方：凌岚证券股份有限公司（以下简称“甲方”）\n供应方：深算科技有限公司（以下简称“乙方”）" + BODY
    assert sides(text) == ("凌岚证券股份有限公司", "深算科技有限公司")
    assert party(text, "customer").aliases == ("凌岚证券股份有限公司", "采购方", "甲方")


def test_a_foreign_supplier_in_a_chinese_contract() -> None:
    text = f"契約\n{FIRM}（以下稱「委託人」）與 Veritane Pte. Ltd.（以下稱「供應商」）訂立本契約。" + BODY
    assert sides(text) == (FIRM, "Veritane Pte. Ltd.")


def test_sentences_do_not_make_companies() -> None:
    text = f"約定\n{FIRM}\n我們會到您公司說明，但帳號請您用公司信箱，並核對是否有多家公司。" + BODY
    assert [p.name for p in contract(text).parties] == [FIRM]


def test_named_companies_borrow_the_role_words_of_the_text() -> None:
    text = (
        f"契約\n由{VENDOR}與{FIRM}訂立。\n第一條 服務\n甲方應提供維護，甲方應派員排除故障。\n"
        "第二條 費用\n乙方應付款。乙方得查核甲方，乙方應支付稅款。"
    )
    assert party(text, "customer").aliases == (FIRM, "乙方")
    assert party(text, "supplier").aliases == (VENDOR, "甲方")


def test_a_remark_beside_the_role_is_no_name() -> None:
    assert party(f"契約\n甲方（蓋章）：{FIRM}\n乙方（廠商）：{VENDOR}{BODY}", "customer").aliases == (FIRM, "甲方")
    assert "廠商" in party(f"契約\n甲方（蓋章）：{FIRM}\n乙方（廠商）：{VENDOR}{BODY}", "supplier").aliases
