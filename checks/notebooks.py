"""Notebook Pods as JupyterHub's KubeSpawner and Kubeflow's notebook controller make them. KubeSpawner's are made by
its own `make_pod`, so this runs where that is installed: `python notebooks.py IMAGE WHEELS` prints a list of objects."""

import asyncio
import json
import sys

IMAGE, WHEELS = sys.argv[1:]
HUB = {
    "JUPYTERHUB_API_TOKEN": "the-hubs-secret",
    "JPY_API_TOKEN": "the-hubs-secret",
    "JUPYTERHUB_USER": "ada",
    "JUPYTERHUB_SERVER_NAME": "",
    "JUPYTERHUB_SERVICE_PREFIX": "/user/ada/",
}
REFERENCES = {
    "DB_PASSWORD": {"secretKeyRef": {"name": "warehouse", "key": "password"}},
    "REGION": {"configMapKeyRef": {"name": "settings", "key": "region"}},
    "NODE": {"fieldRef": {"fieldPath": "spec.nodeName"}},
    "MEMORY": {"resourceFieldRef": {"resource": "limits.memory"}},
}
VOLUMES = [
    {"name": "home", "persistentVolumeClaim": {"claimName": "home"}},
    {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "96Mi"}},
    {"name": "scratch", "emptyDir": {}},
    {"name": "wheels", "hostPath": {"path": WHEELS}},
    {"name": "settings", "configMap": {"name": "settings"}},
    {"name": "keys", "secret": {"secretName": "warehouse", "defaultMode": 0o440}},
    {
        "name": "mixed",
        "projected": {
            "sources": [
                {"secret": {"name": "warehouse", "items": [{"key": "user", "path": "user"}]}},
                {"configMap": {"name": "settings"}},
            ]
        },
    },
    {"name": "istio-envoy", "emptyDir": {"medium": "Memory"}},
]
MOUNTS = [
    {"name": "home", "mountPath": "/home/ada", "subPath": "ada"},
    {"name": "home", "mountPath": "/results", "subPathExpr": "results/$(JUPYTERHUB_USER)"},
    {"name": "shm", "mountPath": "/dev/shm"},
    {"name": "scratch", "mountPath": "/scratch"},
    {"name": "wheels", "mountPath": "/wheels", "readOnly": True},
    {"name": "settings", "mountPath": "/etc/settings"},
    {"name": "keys", "mountPath": "/etc/keys", "readOnly": True},
    {"name": "mixed", "mountPath": "/etc/mixed"},
    {"name": "settings", "mountPath": "/etc/region", "subPath": "region"},
]
ENV_FROM = [
    {"configMapRef": {"name": "settings"}, "prefix": "SET_"},
    {"secretRef": {"name": "warehouse"}, "prefix": "W_"},
]
SIDECAR = {
    "name": "istio-proxy",
    "image": "localhost/busybox:1",
    "command": ["sleep", "86400"],
    "volumeMounts": [{"name": "istio-envoy", "mountPath": "/etc/istio/proxy"}],
}
INIT = {
    "name": "own-the-home",
    "image": "localhost/busybox:1",
    "command": ["sh", "-c", "mkdir -p /home/results/ada && chmod -R g+ws /home && chgrp -R 100 /home"],
    "volumeMounts": [{"name": "home", "mountPath": "/home"}],
    "securityContext": {"runAsUser": 0},
}
LIMITS = {"nvidia.com/gpu": "1"}
TOLERATION = {"key": "hub.jupyter.org/dedicated", "operator": "Equal", "value": "user", "effect": "NoSchedule"}
LINUX = {"matchExpressions": [{"key": "kubernetes.io/os", "operator": "In", "values": ["linux"]}]}


def kubespawner():
    from kubespawner.objects import make_pod

    return make_pod(
        name="jupyter-ada",
        cmd=["sleep", "86400"],
        port=8888,
        image=IMAGE,
        image_pull_policy="IfNotPresent",
        image_pull_secrets=["registry"],
        node_selector={"kubernetes.io/os": "linux"},
        uid=1000,
        gid=100,
        fs_gid=100,
        supplemental_gids=[2000, 3000],
        env={**HUB, **{name: {"valueFrom": source} for name, source in REFERENCES.items()}, "HOME": "/home/ada"},
        working_dir="/home/ada",
        volumes=VOLUMES,
        volume_mounts=MOUNTS,
        labels={"app": "jupyterhub", "component": "singleuser-server"},
        annotations={"hub.jupyter.org/username": "ada"},
        cpu_limit=1.5,
        cpu_guarantee=0.1,
        mem_limit="1G",
        mem_guarantee="128M",
        extra_resource_limits=LIMITS,
        lifecycle_hooks={"postStart": {"exec": {"command": ["true"]}}},
        init_containers=[INIT],
        service_account="notebook",
        automount_service_account_token=True,
        extra_container_config={"envFrom": ENV_FROM, "livenessProbe": {"exec": {"command": ["true"]}}},
        extra_containers=[SIDECAR],
        extra_pod_config={"terminationGracePeriodSeconds": 1},
        tolerations=[TOLERATION],
        node_affinity_required=[LINUX],
        ssl_secret_name="hub-certs",
        ssl_secret_mount_path="/etc/jupyterhub/ssl/",
    )


def kubeflow():
    """The StatefulSet of a Notebook named `vision`, and what Istio's webhook adds to its Pod."""
    labels = {"statefulset": "vision", "notebook-name": "vision", "app": "vision"}
    more = [{"name": "NB_PREFIX", "value": "/notebook/team/vision"}, {"name": "JUPYTERHUB_USER", "value": "ada"}]
    linux = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [LINUX]}}
    limits = {"cpu": "1", "memory": "1Gi", **LIMITS}
    notebook = {
        "name": "vision",
        "image": IMAGE,
        "imagePullPolicy": "IfNotPresent",
        "command": ["sleep", "86400"],
        "workingDir": "/home/jovyan",
        "ports": [{"name": "notebook-port", "containerPort": 8888, "protocol": "TCP"}],
        "env": [{"name": "HOME", "value": "/home/ada"}]
        + [{"name": name, "valueFrom": source} for name, source in REFERENCES.items()]
        + more,
        "envFrom": ENV_FROM,
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": limits},
        "volumeMounts": MOUNTS,
    }
    spec = {
        "serviceAccountName": "notebook",
        "securityContext": {"fsGroup": 100, "runAsUser": 1000, "runAsGroup": 100, "supplementalGroups": [2000, 3000]},
        "imagePullSecrets": [{"name": "registry"}],
        "initContainers": [INIT],
        "containers": [notebook, SIDECAR],
        "volumes": VOLUMES,
        "tolerations": [TOLERATION],
        "affinity": {"nodeAffinity": linux},
        "terminationGracePeriodSeconds": 1,
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": "vision"},
        "spec": {
            "replicas": 1,
            "serviceName": "vision",
            "selector": {"matchLabels": {"statefulset": "vision"}},
            "template": {
                "metadata": {"labels": labels, "annotations": {"sidecar.istio.io/status": "{}"}},
                "spec": spec,
            },
        },
    }


def stacks():
    """A Pod whose image starts as root and goes on as the user, as the Jupyter stacks' images can."""
    notebook = {
        "name": "notebook",
        "image": IMAGE,
        "imagePullPolicy": "IfNotPresent",
        "command": ["sleep", "86400"],
        "securityContext": {"runAsUser": 0},
        "volumeMounts": [{"name": "home", "mountPath": "/home/ada", "subPath": "ada"}],
    }
    spec = {"serviceAccountName": "notebook", "containers": [notebook], "terminationGracePeriodSeconds": 1}
    spec["volumes"] = [{"name": "home", "persistentVolumeClaim": {"claimName": "home"}}]
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "stacks"}, "spec": spec}


async def main():
    from kubernetes_asyncio.client import ApiClient

    async with ApiClient() as api:
        print(json.dumps([api.sanitize_for_serialization(kubespawner()), kubeflow(), stacks()]))


asyncio.run(main())
