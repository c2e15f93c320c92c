import json
import os
import stat

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, models, transaction
from django.template import Context, Engine
from django.test.utils import isolate_apps
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijia.core import keys, secrets
from zhijia.core.fields import HIDDEN, IndexField, Sealed, SecretField
from zhijia.core.keys import Keyring
from zhijia.core.secrets import SecretError

NUMBER = "11010519491231002X"


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings, monkeypatch):
    settings.ZHIJIA_HOME = tmp_path
    monkeypatch.delenv("ZHIJIA_KEYS", raising=False)
    keys.use(None)
    yield keys.keyring()
    keys.use(None)


def permissions(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_encrypted_reads_back_and_shows_nothing():
    sealed = secrets.encrypt(NUMBER)
    assert secrets.decrypt(sealed) == secrets.decrypt(memoryview(sealed)) == NUMBER
    assert NUMBER.encode() not in sealed
    assert sealed != secrets.encrypt(NUMBER)
    assert len(sealed) == 1 + 2 + 12 + len(NUMBER) + 16


def test_batches_agree_with_single_values_and_none_stays_none():
    texts = [NUMBER, None, "", "张三", None]
    assert secrets.decrypt_many(secrets.encrypt_many(texts)) == texts
    assert secrets.encrypt_many([]) == secrets.decrypt_many([]) == []
    assert [secrets.decrypt(one) for one in secrets.encrypt_many(["a", "b"])] == ["a", "b"]


def test_any_text_survives_and_any_changed_byte_is_noticed():
    @settings(max_examples=150)
    @given(st.text(max_size=30), st.data())
    def law(text, data):
        sealed = secrets.encrypt(text, context=b"phone")
        assert secrets.decrypt(sealed, context=b"phone") == text
        place = data.draw(st.integers(0, len(sealed) - 1))
        changed = sealed[:place] + bytes([sealed[place] ^ data.draw(st.integers(1, 255))]) + sealed[place + 1 :]
        for wrong in (changed, sealed[:place]):
            with pytest.raises(SecretError):
                secrets.decrypt(wrong, context=b"phone")

    law()


def test_another_context_or_key_is_refused_without_telling_the_value():
    sealed = secrets.encrypt(NUMBER, context=b"members.id")
    with pytest.raises(SecretError, match="解不开") as refusal:
        secrets.decrypt(sealed, context=b"members.phone")
    assert NUMBER not in repr(refusal.value)
    stranger = Keyring({keys.keyring().current: os.urandom(32)}, keys.keyring().current, os.urandom(32))
    keys.use(stranger)
    with pytest.raises(SecretError, match="密钥不对"):
        secrets.decrypt(sealed, context=b"members.id")


def test_a_text_that_can_not_be_stored_is_refused_without_telling_it():
    with pytest.raises(SecretError) as refusal:
        secrets.encrypt("secret\ud800")
    assert "secret" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_after_a_rotation_old_values_read_and_new_ones_take_the_new_key(own_keys):
    old = secrets.encrypt(NUMBER)
    index = secrets.blind_index(NUMBER, purpose="id")
    assert secrets.reencrypt(old) is None
    ring = keys.rotate()
    assert ring.current != own_keys.current
    assert own_keys.current in ring
    assert secrets.decrypt(old) == NUMBER
    new = secrets.reencrypt(old)
    assert secrets.decrypt(new) == NUMBER
    assert int.from_bytes(new[1:3], "big") == ring.current
    assert secrets.reencrypt(new) is None
    assert secrets.blind_index(NUMBER, purpose="id") == index
    keys.use(None)
    assert keys.keyring() == ring


def test_a_process_that_missed_the_rotation_reads_the_new_values(own_keys):
    keys.rotate()
    new = secrets.encrypt(NUMBER)
    keys.use(own_keys)
    assert secrets.decrypt(new) == NUMBER


def test_an_unknown_key_is_named_by_its_number():
    other = Keyring.new()
    while other.current in keys.keyring():
        other = Keyring.new()
    mine = keys.keyring()
    keys.use(other)
    sealed = secrets.encrypt(NUMBER)
    keys.use(mine)
    with pytest.raises(SecretError, match=str(other.current)):
        secrets.decrypt(sealed)


def test_blind_indexes_find_every_spelling_and_differ_by_purpose():
    index = secrets.blind_index(NUMBER, purpose="id")
    assert len(index) == 16
    spellings = [NUMBER.lower(), " 110105 19491231 002x ", "１１０１０５１９４９１２３１００２Ｘ"]
    assert set(secrets.blind_index_many(spellings, purpose="id")) == {index}
    assert secrets.blind_index_many([None], purpose="id") == [None]
    assert secrets.blind_index(NUMBER, purpose="phone") != index
    keys.use(Keyring.new())
    assert secrets.blind_index(NUMBER, purpose="id") != index


def test_keyed_digests_need_the_key_and_the_salt():
    digest = secrets.keyed_digest(NUMBER)
    assert digest == secrets.keyed_digest(NUMBER)
    assert len(bytes.fromhex(digest)) == 32
    assert len({digest, secrets.keyed_digest(NUMBER, salt=b"1"), secrets.keyed_digest(NUMBER, purpose="log")}) == 3
    keys.use(Keyring.new())
    assert secrets.keyed_digest(NUMBER) != digest


@pytest.mark.skipif(os.name != "posix", reason="permissions of files exist on POSIX only")
def test_the_key_file_is_closed_to_others_and_closed_again_where_it_was_opened(tmp_path):
    folder = tmp_path / "keys"
    file = folder / keys.FILE
    assert (permissions(folder), permissions(file)) == (0o700, 0o600)
    file.chmod(0o644)
    folder.chmod(0o755)
    keys.ensure(folder)
    assert (permissions(folder), permissions(file)) == (0o700, 0o600)
    assert [path.name for path in folder.iterdir()] == [keys.FILE]


def test_two_processes_that_start_together_share_one_keyring(tmp_path, own_keys):
    keys._place(Keyring.new(), tmp_path / "keys" / keys.FILE, over=False)
    assert keys.ensure(tmp_path / "keys") == own_keys


def test_only_one_rotation_runs_at_a_time(tmp_path):
    (tmp_path / "keys" / "rotating").touch()
    with pytest.raises(SecretError, match="另一个程序"):
        keys.rotate()
    (tmp_path / "keys" / "rotating").unlink()
    keys.rotate()


def test_keys_may_come_from_the_environment_and_are_not_rotated_there(monkeypatch, own_keys):
    other = Keyring.new()
    monkeypatch.setenv("ZHIJIA_KEYS", other.to_json())
    keys.use(None)
    assert keys.keyring() == other != own_keys
    with pytest.raises(SecretError, match="环境变量"):
        keys.rotate()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"data": {"1": "AAAA"}, "current": 1, "root": "AAAA"}', '{"data": 3}']
)
def test_damaged_key_files_are_refused_without_telling_them(text, tmp_path):
    with pytest.raises(SecretError, match="备份"):
        Keyring.from_json(text)


def test_a_keyring_never_prints_its_keys(own_keys):
    body = json.loads(own_keys.to_json())
    assert body["root"] not in repr(own_keys)
    assert str(own_keys.current) in repr(own_keys)


def test_a_sealed_keyring_opens_with_its_passphrase_only(own_keys):
    sealed = keys.seal(own_keys, "春风又绿江南岸一二三")
    assert keys.unseal(sealed, "春风又绿江南岸一二三") == own_keys
    for wrong in (sealed[:-1], sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:]):
        with pytest.raises(SecretError, match="口令不对"):
            keys.unseal(wrong, "春风又绿江南岸一二三")
    with pytest.raises(SecretError, match="口令不对"):
        keys.unseal(sealed, "春风又绿江南岸一二四")
    with pytest.raises(SecretError, match="不是职家"):
        keys.unseal(b"PK", "春风又绿江南岸一二三")
    with pytest.raises(SecretError, match="太短"):
        keys.seal(own_keys, "short")


def test_a_restored_keyring_replaces_the_stored_one(tmp_path):
    other = Keyring.new()
    keys.store(other, tmp_path / "keys")
    keys.use(None)
    assert keys.keyring() == other


def test_a_sealed_value_shows_nothing_by_accident():
    sealed = Sealed.of(NUMBER, b"id")
    page = Engine().from_string("{{ one }}|{{ one.reveal }}|{{ one.ciphertext.hex }}").render(Context({"one": sealed}))
    assert f"{sealed}" == repr(sealed) == f"{sealed!s}" == HIDDEN
    assert NUMBER not in page
    assert sealed.reveal() == NUMBER
    assert sealed == Sealed(sealed.ciphertext, b"id") != Sealed.of(NUMBER, b"id")
    with pytest.raises(TypeError):
        json.dumps(sealed)


@pytest.fixture
def secret_model(transactional_db):
    with isolate_apps("zhijia.core"):

        class Person(models.Model):
            name = models.CharField(max_length=20)
            number = SecretField("身份证号", null=True, purpose="test.number")
            number_index = IndexField(null=True, purpose="test.number")
            phone = SecretField()

            class Meta:
                app_label = "core"

        with connection.schema_editor() as editor:
            editor.create_model(Person)
        yield Person
        with connection.schema_editor() as editor:
            editor.delete_model(Person)


def test_a_secret_field_stores_ciphertext_and_reads_back_sealed(secret_model):
    person = secret_model.objects.create(name="张三", number=NUMBER, number_index=NUMBER, phone="13812345678")
    assert isinstance(person.number, Sealed)
    person = secret_model.objects.get()
    assert (person.number.reveal(), person.phone.reveal()) == (NUMBER, "13812345678")
    assert repr(person.number) == HIDDEN
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, number_index FROM core_person")
        stored, index = (bytes(value) for value in cursor.fetchone())
    assert secrets.decrypt(stored, context=b"test.number") == NUMBER
    assert index == person.number_index == secrets.blind_index(NUMBER, purpose="test.number")
    person.save()
    assert secret_model.objects.get().number == person.number


def test_people_are_found_by_the_index_and_never_by_the_secret(secret_model):
    person = secret_model.objects.create(name="张三", number=NUMBER, number_index=NUMBER, phone="1")
    secret_model.objects.create(name="李四", phone="2")
    assert secret_model.objects.get(number_index=NUMBER.lower()) == person
    assert secret_model.objects.get(number_index__in=[person.number_index]) == person
    assert secret_model.objects.get(number__isnull=True).name == "李四"
    for lookup in ("number", "number__in", "number__contains"):
        with pytest.raises(FieldError):
            secret_model.objects.filter(**{lookup: NUMBER}).exists()


def test_deferred_secrets_are_fetched_only_when_asked_for(secret_model, django_assert_num_queries):
    secret_model.objects.create(name="张三", number=NUMBER, phone="1")
    person = secret_model.objects.defer("number", "phone").get()
    person.name = "张四"
    with django_assert_num_queries(1):
        person.save()
    with django_assert_num_queries(1):
        assert person.number.reveal() == NUMBER


def test_many_rows_take_texts_sealed_values_and_ciphertexts(secret_model):
    sealed = secrets.encrypt("3", context=b"test.number")
    numbers = ["1", Sealed.of("2", b"test.number"), sealed, None]
    secret_model.objects.bulk_create([secret_model(name=str(n), number=n_, phone="x") for n, n_ in enumerate(numbers)])
    read = [one.number and one.number.reveal() for one in secret_model.objects.order_by("name")]
    assert read == ["1", "2", "3", None]
    assert secret_model.objects.filter(name="0").update(number="4") == 1
    assert secret_model.objects.get(name="0").number.reveal() == "4"


@pytest.mark.parametrize("value", [b"plain", 3, Sealed(b"x" * 40, b"another column")])
def test_a_secret_field_stores_nothing_in_clear(secret_model, value):
    with pytest.raises(SecretError) as refusal:
        secret_model(name="张三", number=value, phone="1").save()
    assert "plain" not in str(refusal.value)


def test_a_required_secret_that_was_not_given_is_refused_by_the_database(secret_model):
    with pytest.raises(IntegrityError), transaction.atomic():
        secret_model.objects.create(name="张三")


def test_an_index_without_purpose_takes_bytes_only():
    with pytest.raises(SecretError, match="用途"):
        IndexField().get_prep_value(NUMBER)
    assert IndexField().get_prep_value(memoryview(b"1" * 16)) == b"1" * 16


@pytest.mark.parametrize(
    "field",
    [SecretField("身份证号", null=True, purpose="a"), SecretField(), IndexField(purpose="b"), IndexField(unique=True)],
)
def test_migrations_keep_what_a_field_was_declared_with(field):
    _, path, args, kwargs = field.deconstruct()
    again = (SecretField if path.endswith("SecretField") else IndexField)(*args, **kwargs)
    assert again.deconstruct()[1:] == field.deconstruct()[1:]
    assert (again.purpose, again.db_index, again.null) == (field.purpose, field.db_index, field.null)


def test_a_column_of_a_hundred_thousand_values_is_sealed_each_under_its_own_nonce():
    column = [f"{n:018d}" for n in range(100_000)]
    sealed = secrets.encrypt_many(column)
    assert len(set(sealed)) == len(column)
    assert len({value[3:15] for value in sealed}) == len(column)
    assert secrets.decrypt_many(sealed) == column
