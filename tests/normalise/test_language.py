import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobspiders.normalise.language import detect

TEXTS = {
    "id": "Kami mencari karyawan yang jujur dan teliti untuk bekerja di kantor pusat. Minimal lulusan SMA atau "
    "sederajat, diutamakan yang memiliki pengalaman karena akan langsung menangani pelanggan.",
    "ms": "Syarikat kami mencari calon yang jujur dan berdisiplin untuk jawatan ini. Calon hendaklah memiliki "
    "pengalaman kerana akan bekerja dengan pasukan jualan; elaun dan KWSP disediakan.",
    "en": "We are looking for a nurse who is good with people and will join our team in the new clinic. You must be "
    "able to work at night.",
    "es": "Buscamos una persona con experiencia para el equipo de ventas de nuestra empresa. Se ofrece un contrato "
    "con horario flexible y un salario según los años de experiencia.",
    "de": "Wir suchen eine Köchin oder einen Koch für die Küche in unserem Haus. Sie arbeiten mit einem kleinen "
    "Team und haben das Wochenende frei; die Bezahlung ist gut.",
    "fr": "Nous recherchons une personne pour la cuisine de notre restaurant. Vous travaillez avec une petite "
    "équipe dans le centre de la ville et vous avez le dimanche libre.",
    "pt": "Procuramos uma pessoa para a cozinha do nosso restaurante. Você trabalha com uma equipe pequena no "
    "centro da cidade e não trabalha aos domingos.",
    "nl": "Wij zoeken een kok voor de keuken van ons restaurant. Je werkt met een klein team in het centrum van de "
    "stad en je bent op zondag vrij.",
    "vi": "Chúng tôi cần tuyển nhân viên bán hàng cho công ty trong thành phố. Công việc được đào tạo và có thể làm "
    "theo ca, với các chế độ của người lao động.",
    "th": "เรากำลังมองหาพนักงานขายที่มีประสบการณ์เพื่อร่วมทีมของเราในกรุงเทพ",
    "hi": "हमें अपनी टीम के लिए एक अनुभवी शिक्षक की आवश्यकता है जो दिल्ली में काम कर सके",
    "ja": "私たちは東京のオフィスで働くデザイナーを探しています。経験のある方を歓迎します。",
    "zh": "我们正在寻找有经验的设计师加入上海办公室的团队，欢迎投递简历。",
    "ko": "서울 사무실에서 함께 일할 경험 많은 디자이너를 찾고 있습니다.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_languages(language):
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Senior Python Developer",
        "Python, SQL, Docker, Kubernetes, Terraform, AWS, GCP, Kafka, Spark, Airflow, dbt, Snowflake",
        TEXTS["id"] + TEXTS["en"],
        # Nothing in it is only Indonesian or only Malay.
        "Anda akan bekerja dengan kami di dalam dan untuk itu tidak boleh lebih dari para",
    ],
)
def test_short_mixed_and_undecided_texts_have_none(text):
    assert detect(text) is None


def test_english_terms_do_not_hide_a_script():
    assert detect("Python / Django / PostgreSQL " + TEXTS["ja"]) == "ja"


@given(st.text())
def test_no_text_breaks_it(text):
    detect(text)
