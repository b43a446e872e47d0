from alembic import command


def test_migrations_lead_to_the_models(alembic_config):
    command.check(alembic_config)
