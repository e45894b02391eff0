import sys; sys.path.insert(0,'/work/main/tests/ui')
from test_live import *
import pytest
from dossier.ui.screens.living import Living
LOG=[]
real=Living.on_reported
def heard(self,m):
    LOG.append((round(time.time()%1000,2),m.report.state,m.report.what)); real(self,m)
Living.on_reported=heard
@pytest.mark.parametrize("n", range(25))
async def test_x(london,n):
    LOG.clear()
    try:
        await test_the_hit_under_the_cursor_stays_when_the_query_is_run_again(london)
    except AssertionError:
        print(LOG, time.time()%1000); raise
