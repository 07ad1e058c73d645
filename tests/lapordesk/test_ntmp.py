import sys,time
sys.path.insert(0,'/work/main')
from tests.lapordesk import test_serving as t
o=t.Serving.wait; 
def w(self):
    s=time.monotonic(); o(self); print("start",time.monotonic()-s)
t.Serving.wait=w
os_=t.Serving.stop
def st(self,*a):
    r=os_(self,*a); print("stop",r); return r
t.Serving.stop=st
import pytest
from tests.lapordesk.test_serving import *
